"""The hub's rules."""
