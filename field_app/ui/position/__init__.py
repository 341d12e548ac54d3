"""My position: where it comes from, how it is told, and what a person chooses of it."""
