listen parcours;
