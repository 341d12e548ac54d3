"""Tus conformance: our client with the reference server, the reference client with our hub."""
