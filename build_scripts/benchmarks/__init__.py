"""The parts of the benchmark: made-up tickets, a hub, the raw baseline, a laptop and a window."""
