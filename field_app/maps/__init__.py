"""The map page and the tiles it is drawn from."""
