"""The hub's doors: HTTP in, one call of a rule, HTTP out."""
