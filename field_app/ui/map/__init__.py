"""The map: tickets as pins on tiles that lie on this computer."""
