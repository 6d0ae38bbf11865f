insert into library_snapshot (purpose, originator, originator_version, topic, state) values (%b, %b, %b, %b, %b);
