"""Measures and benchmarks: scripts, not tests. `make bench` prints ratios of things measured in one run."""
