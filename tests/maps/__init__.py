"""Maps that others made: their tiles, their libraries, read and drawn by ours."""
