select notification_id from library_tracking where application = %b;
