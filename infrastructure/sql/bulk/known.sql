-- Whether something is recorded of a root.
select exists (select from event where partition = %b and root = %b);
