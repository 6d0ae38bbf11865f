-- Whether a key-encryption key still wraps something.
select exists (select from keys.data_key where kek = %b);
