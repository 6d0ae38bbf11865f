select relname from pg_class where relnamespace = %s::regnamespace and relkind in ('r', 'p')
    and relpersistence = 'p'
order by relname
