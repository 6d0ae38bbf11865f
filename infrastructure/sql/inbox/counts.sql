select system, reason, count(*) from inbox_message group by system, reason order by system, reason
