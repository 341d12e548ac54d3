"""What a picture shows: the only room with OpenCV. Knows pixels, no ticket and no file."""
