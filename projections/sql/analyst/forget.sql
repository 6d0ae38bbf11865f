with figures as (delete from released.figure), indicators as (delete from released.indicator)
delete from released.release
