"""Damaged pictures by the thousand, given to the intake of photos."""
