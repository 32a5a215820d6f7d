"""The Enlighten Systems API v2, a service on the world.

Everything that is peculiar to this API is here: paths, parameters, error bodies, plans, cursors, windows, and the
JSON of its responses. `enlighten.EnlightenV2` is the service.
"""
