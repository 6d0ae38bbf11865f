-- The last offset of each partition; 0 for an empty one.
select partition, "offset" from head order by partition;
