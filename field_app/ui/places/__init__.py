"""Places of jobs: moving a pin, coordinates to take along, and what one visit could do."""
