-- Nothing on the day of the limit or after it, for the organisation or for all.
select activity.root, activity.organisation, (%(today)s::date - make_interval(months => retention.months))::date
from activity
join retention on retention.organisation = 'organisation/' || activity.organisation
left join activity everybody on everybody.root = activity.root and everybody.organisation = ''
where activity.following
    and greatest(activity.last_on, everybody.last_on)
        < (%(today)s::date - make_interval(months => retention.months))::date
order by activity.organisation, activity.root
