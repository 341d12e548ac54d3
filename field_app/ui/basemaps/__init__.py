"""The maps of this computer: seen, fetched from the hub, opened from a stick, removed."""
