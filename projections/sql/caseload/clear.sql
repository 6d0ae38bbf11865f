delete from caseload_case where root = any(%b::text[])
