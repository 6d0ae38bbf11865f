-- Which event of which root is at an offset, whatever is in it.
select root, root_version from event where partition = %s and "offset" = %s
