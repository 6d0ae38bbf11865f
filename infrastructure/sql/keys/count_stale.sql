-- How many keys are wrapped with another key-encryption key than the current one.
select count(*) from keys.data_key where kek <> %b;
