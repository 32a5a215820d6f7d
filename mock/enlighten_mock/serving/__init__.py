"""A simulated API over HTTP: the ASGI application, its server, and both on loopback for tests."""

from __future__ import annotations

from enlighten_mock.serving.loopback import served, served_in_turn

__all__ = ["served", "served_in_turn"]
