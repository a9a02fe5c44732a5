"""Three weeks of operation in minutes: a clock that is told the time, the sample's site, a plan of faults."""
