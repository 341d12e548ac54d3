"""What the program sees in pictures, on a labelled set that the tests make."""
