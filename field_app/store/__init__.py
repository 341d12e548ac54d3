"""The laptop's memory: the only room with SQL."""
