"""Picture files: taken in, checked, made smaller and kept."""
