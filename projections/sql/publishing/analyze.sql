-- What has just been written is in nobody's statistics yet.
analyze milestone, journey_part
