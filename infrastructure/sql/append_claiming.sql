select first_offset, recorded_at from append_claiming(%b, %b, %b, %b, %b);
