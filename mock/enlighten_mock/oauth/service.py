"""The simulated OAuth service: consent, codes and tokens."""

from __future__ import annotations

PREFIX = "/oauth"

OPERATIONS = ("Authorize", "Token")

FAILURES: dict[tuple[str, str], object] = {}
