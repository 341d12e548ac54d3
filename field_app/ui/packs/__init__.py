"""Saving unsent work to a rescue pack, and opening one."""
