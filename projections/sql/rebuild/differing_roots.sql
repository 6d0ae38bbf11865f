with before as (
    select root, count(*) as rows, sum(hashtextextended(told::text, 0)) as hash from {first} told group by root
),
after as (
    select root, count(*) as rows, sum(hashtextextended(told::text, 0)) as hash from {second} told group by root
)
select root from before full join after using (root)
where (before.rows, before.hash) is distinct from (after.rows, after.hash)
order by root
limit %s
