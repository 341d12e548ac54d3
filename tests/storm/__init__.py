"""The storm: simulated towns in one thread, in which everything that can go wrong does."""
