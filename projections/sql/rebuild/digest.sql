select count(*), coalesce(sum(hashtextextended(told::text, 0)), 0) from {first} told
