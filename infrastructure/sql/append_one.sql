select first_offset, recorded_at from append_one(%b, %b, %b, %b, %b, %b, %b, %b, %b);
