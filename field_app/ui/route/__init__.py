"""The route of the day: its list beside the map, its work list on paper, the way to a job."""
