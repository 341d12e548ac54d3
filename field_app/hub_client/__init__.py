"""The telephone to the hub."""
