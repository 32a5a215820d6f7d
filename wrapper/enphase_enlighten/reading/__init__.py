"""From the bytes of a response to models and columns."""
