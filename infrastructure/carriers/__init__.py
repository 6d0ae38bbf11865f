"""What letters are carried by: SMTP, and the console."""
