-- The last word by its own date stays; the dossiers add up.
insert into inbox_word as known (system, thing, told_at, name, gone, roots)
values (%(system)s, %(thing)s, %(told_at)s, %(name)s, %(gone)s, %(roots)s)
on conflict (system, thing) do update set
    told_at = greatest(known.told_at, excluded.told_at),
    name = case when (excluded.told_at, excluded.name) > (known.told_at, known.name) then excluded.name else known.name end,
    gone = case when (excluded.told_at, excluded.name) > (known.told_at, known.name) then excluded.gone else known.gone end,
    roots = array(select distinct unnest(known.roots || excluded.roots) order by 1)
