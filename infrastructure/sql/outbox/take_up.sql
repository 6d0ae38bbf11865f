-- Whoever resolved the same notice a moment before has made the same deliveries: they are made once.
insert into delivery (
    root, root_version, key, "to", journey, template, channel, recipient, organisation, subject, named, about,
    recorded_at, state, reason, due, changed_at
)
values (
    %(root)s, %(root_version)s, %(key)s, %(to)s, %(journey)s, %(template)s, %(channel)s, %(recipient)s,
    %(organisation)s, %(subject)s, %(named)s, %(about)s, %(recorded_at)s, %(state)s, %(reason)s, %(now)s, %(now)s
)
on conflict do nothing
