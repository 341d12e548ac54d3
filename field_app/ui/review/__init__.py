"""The review screen: a supervisor decides on what crews handed in."""
