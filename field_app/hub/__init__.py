"""The hub: the agency's one place where tickets, operations and photos come together."""
