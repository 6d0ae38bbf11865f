-- Where the log ends after what was written at once.
update head set "offset" = %b where partition = %b;
