-- Some keys that are wrapped with another key-encryption key than the current one, held until the end of the transaction.
select root, kek, wrapped
from keys.data_key
where kek <> %b
order by root
limit %b
for update;
