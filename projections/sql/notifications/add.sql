insert into notice
select * from unnest(
    %b::text[], %b::integer[], %b::text[], %b::integer[], %b::bigint[], %b::text[], %b::integer[], %b::text[],
    %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[],
    %b::timestamptz[], %b::timestamptz[]
)
