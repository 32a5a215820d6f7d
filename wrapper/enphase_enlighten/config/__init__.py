"""The settings of a client and where they come from."""
