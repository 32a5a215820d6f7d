"""Credentials of a live target, kept out of the report."""

from __future__ import annotations

import json
import os
import re
from typing import Any
from urllib.parse import quote, quote_plus

SECRETS = ("ENLIGHTEN_API_KEY", "ENLIGHTEN_USER_ID")
"""The variables whose values no report shows."""


def secrets_in_environment() -> re.Pattern[str] | None:
    """Return a pattern of the secrets in the forms of URLs, JSON and Python; None where there are none."""
    forms = {
        form
        for secret in filter(None, map(os.environ.get, SECRETS))
        for form in (secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1], repr(secret)[1:-1])
    }
    # The longest first: one may begin with another.
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if forms else None


def redacted(value: Any, secrets: re.Pattern[str] | None) -> Any:
    """Return a JSON value with "[redacted]" for the secrets in its strings; names of properties stay as they are."""
    if secrets is None:
        return value
    if isinstance(value, str):
        return secrets.sub("[redacted]", value)
    if isinstance(value, list):
        return [redacted(item, secrets) for item in value]
    if isinstance(value, dict):
        return {name: redacted(item, secrets) for name, item in value.items()}
    return value
