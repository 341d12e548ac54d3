"""The hub's front door: HTTP in, a service call, HTTP out."""
