"""Hub and laptop as real processes, a hostile network between them, and `kill -9`."""
