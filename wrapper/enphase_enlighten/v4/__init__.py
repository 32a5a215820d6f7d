"""The Monitoring API v4."""
