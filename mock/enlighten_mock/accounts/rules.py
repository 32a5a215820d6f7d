"""The rules of tokens. What is not known of the real service can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRules:
    """How long tokens last, and what becomes of them.

    Attributes:
        code_seconds: How long a code from the consent page is good, unless it is used before.
        access_seconds: How long an access token is good.
        refresh_seconds: How long a refresh token is good.
        old_refresh_token: Whether a refresh token `dies` when it is used, or `lives` until its end. Not known.
        invalid_grant_status: The status for a code that is no good, 400 or 401. Not known.
        client_login: Whether client id and secret are taken as `basic` authentication only, or in the `form` as well.
            Not known.
        token_calls_count: Whether requests for tokens count against the plan. Not known.
    """

    code_seconds: int = 300
    access_seconds: int = 86_399
    refresh_seconds: int = 2_629_745
    old_refresh_token: Literal["dies", "lives"] = "dies"  # noqa: S105  # no password
    invalid_grant_status: Literal[400, 401] = 400
    client_login: Literal["basic", "form"] = "basic"
    token_calls_count: bool = False
