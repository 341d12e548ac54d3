"""The camera of this computer: a live picture, the photo from before lying over it, the shot."""
