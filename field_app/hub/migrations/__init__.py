"""Steps that bring a hub's database from one release to the next; never edited after release."""
