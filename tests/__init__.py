"""The tests: stories about a town, and what its parts promise."""
