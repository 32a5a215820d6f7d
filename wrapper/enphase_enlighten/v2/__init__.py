"""The Enlighten Systems API v2: all that is known of it, and its two clients."""
