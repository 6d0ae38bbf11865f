create view analyst.figure as
select indicator, version, measure, dimension, month, modality, status, why, numerator, denominator, share, count, complete,
    case when median_days ~ '^[0-9]+$' then median_days::integer end as median_days,
    case when median_days !~ '^[0-9]+$' then median_days end as median_why,
    case when p80_days ~ '^[0-9]+$' then p80_days::integer end as p80_days,
    case when p80_days !~ '^[0-9]+$' then p80_days end as p80_why,
    data_date, as_of
from released.figure
