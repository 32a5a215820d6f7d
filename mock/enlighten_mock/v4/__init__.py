"""The Monitoring API v4, a service on the world.

Everything that is peculiar to this API is here: paths, parameters, error bodies, access, pages, windows, settings, and
the JSON of its responses. `monitoring.MonitoringV4` is the service. What is not known of the real one is a switch.
"""
