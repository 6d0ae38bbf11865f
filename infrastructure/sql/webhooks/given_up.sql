-- What a person has to look at, in the order of the log, with how many letters wait behind each.
select letter.partition, letter."offset", letter.root, letter.root_version, letter.attempts, letter.reason, (
    select count(*) from webhook_letter behind
    where behind.subscription = letter.subscription and behind.root = letter.root
        and behind.root_version > letter.root_version
)
from webhook_letter letter
where letter.subscription = %(subscription)s and letter.due is null
    and (letter.partition, letter."offset") > (%(partition)s, %(offset)s)
order by letter.partition, letter."offset"
limit %(limit)s
