select template from notification_preference where subject = %s and organisation = %s
