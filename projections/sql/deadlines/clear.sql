delete from deadline where root = any(%b::text[])
