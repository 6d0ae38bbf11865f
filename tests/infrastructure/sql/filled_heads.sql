update head set "offset" = 20 * neighbours from filled_root where filled_root.partition = head.partition;
