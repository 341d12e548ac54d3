"""Rescue packs: unsent work in one sealed file, to carry by hand."""
