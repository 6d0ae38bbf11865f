delete from certification where root = any(%b::text[])
