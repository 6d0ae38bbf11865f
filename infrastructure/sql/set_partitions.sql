-- Until the end of the transaction; read by the migration that creates the log.
select set_config('parcours.partitions', %s, true);
