"""Who may ask what: applications with their plans, the owners of systems, and the tokens between them.

The services of the Monitoring API v4 and of OAuth stand on it; API v2 has one application and no owner.
"""
