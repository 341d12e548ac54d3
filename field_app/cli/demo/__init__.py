"""The demo: a made-up town in which a crew does its day."""
