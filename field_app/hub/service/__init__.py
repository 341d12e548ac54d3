"""The hub's rules; nothing here knows HTTP requests."""
