-- Twenty events for each root of `filled_root`, in turn, with offsets that have no gap.
insert into event
select root.partition, (version - 1) * root.neighbours + root.place, root.root, version, 'orientation-1', version,
    'orientation.Sent', '{"reason": "housing"}', jsonb_build_object('append', root.root || '-' || version),
    timestamptz '2026-01-05' + version * interval '1 day', timestamptz '2026-01-05' + version * interval '1 day'
from generate_series(1, 20) as version cross join filled_root as root;
