-- Outside of any append: a notification inside one would make commits wait for each other.
select pg_notify('parcours', '');
