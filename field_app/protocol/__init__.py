"""What laptop and hub say to each other, version 1."""
