"""What a person can see."""
