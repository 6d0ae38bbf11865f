insert into released.indicator
select told.* from jsonb_populate_recordset(null::released.indicator, %(rows)s) as told
