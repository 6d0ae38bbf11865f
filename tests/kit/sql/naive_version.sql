select coalesce(max(version), 0) from naive_event where stream = %s;
