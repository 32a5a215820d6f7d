"""The Enlighten Systems API v2, as a service that tells of the world.

Everything that is peculiar to this API stands here: paths, parameters, error bodies, plans, cursors, windows, and the
JSON of its responses. `enlighten.EnlightenV2` is the service.
"""
