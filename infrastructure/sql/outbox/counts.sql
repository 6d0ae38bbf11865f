select state, coalesce(reason, ''), count(*) from delivery group by state, reason order by state, reason
