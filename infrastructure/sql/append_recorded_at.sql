-- Only the owner may.
select first_offset, recorded_at from append_recorded_at(%b, %b, %b, %b, %b, %b);
