"""Choices of whoever uses this computer."""
