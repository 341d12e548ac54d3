"""The hatch through which a phone hands photos to the laptop, without internet."""
