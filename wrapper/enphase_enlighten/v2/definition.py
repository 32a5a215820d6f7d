"""What is particular to the Enlighten Systems API v2."""

from __future__ import annotations

from ..api import API
from .error_bodies import ErrorBodies

V2 = API("v2", ErrorBodies())
