"""The hub through its doors: every promise of the protocol, on a real database and disk."""
