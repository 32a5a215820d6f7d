"""Runs over systems: which, at what cost, fetching and writing, and how to go on with one that ended early."""
