"""How the laptop and the hub come to agree."""
