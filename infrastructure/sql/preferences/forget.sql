delete from notification_preference
where subject = %s and organisation = %s and template <> all(%s)
