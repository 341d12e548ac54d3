"""What a picture shows: the only room with OpenCV. Knows pixels, no ticket and no file."""

import cv2

# Small pictures gain nothing from a second thread, and the other core belongs to the window.
cv2.setNumThreads(1)
