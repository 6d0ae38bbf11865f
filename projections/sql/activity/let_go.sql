select activity.root from activity group by activity.root
having bool_or(activity.let_go) and not bool_or(activity.following)
order by activity.root
