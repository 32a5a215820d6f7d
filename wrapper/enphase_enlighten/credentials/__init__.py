"""Keeping secrets out of everything but the request on the wire."""
