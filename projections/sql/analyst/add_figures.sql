insert into released.figure
select told.* from jsonb_populate_recordset(null::released.figure, %(rows)s) as told
