"""Photos on the screen: slots that take them in, and a viewer."""
