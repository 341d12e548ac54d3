"""Preparing a day."""
