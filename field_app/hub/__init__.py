"""The hub across the street: what every crew has in common."""
