-- A number is there, or an object that says why it is not.
create view analyst.line as
select figure.indicator, figure.version, figure.measure, figure.month, told.part, told.line,
    coalesce(told.value ->> 'status', 'published') as status, told.value ->> 'why' as why,
    case when jsonb_typeof(told.value) = 'number' then told.value::bigint end as count, figure.data_date, figure.as_of
from released.figure
cross join lateral (
    select 'inside' as part, line, value from jsonb_each(figure.lines) as inside (line, value)
    union all
    select 'excluded', line, value from jsonb_each(figure.excluded) as outside (line, value)
) as told
