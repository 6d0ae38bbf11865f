update activity set following = false where root = any(%b::text[])
