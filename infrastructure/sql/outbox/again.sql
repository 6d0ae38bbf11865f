-- One for which there was nobody is forgotten, so that it is taken up anew.
with nobody as (
    delete from delivery where state = 'undeliverable' and reason = 'nobody'
    returning true
),
others as (
    update delivery set state = 'waiting', reason = null, attempts = 0, due = %(now)s, changed_at = %(now)s
    where state = 'given_up' or (state = 'undeliverable' and reason <> 'nobody')
    returning true
)
select (select count(*) from nobody) + (select count(*) from others)
