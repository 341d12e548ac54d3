"""Scripts that set up, check, measure and package the program; no part of the program itself."""
