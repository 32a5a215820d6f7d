"""Sending a request: retries, quota, credentials and the network."""
