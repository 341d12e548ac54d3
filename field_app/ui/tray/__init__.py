"""New photos of a phone or card that is plugged in, and the jobs that they may belong to."""
