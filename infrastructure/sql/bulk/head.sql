-- Where a partition's log ends, which nobody moves until the end of the transaction.
select "offset" from head where partition = %b for update;
