"""The demo's part of the windows: its network bar and the day that tells itself."""
