"""The outbox: what is on its way to the hub, what arrived, and what a person must decide."""
