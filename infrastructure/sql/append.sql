select first_offset, recorded_at from append(%b, %b, %b, %b);
