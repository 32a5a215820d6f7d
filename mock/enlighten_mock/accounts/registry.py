"""Everybody that a simulated API knows: applications, owners, their tokens and what they have spent."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

from enlighten_mock.accounts.applications import APPLICATIONS, OWNERS
from enlighten_mock.accounts.plans import WRITES_OF_A_PARTNER
from enlighten_mock.accounts.rules import TokenRules
from enlighten_mock.accounts.tokens import Grant, GrantError, TokenBook
from enlighten_mock.service.quota import Quota

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enlighten_mock.accounts.applications import Application, Owner
    from enlighten_mock.service.quota import Excess

_LIMITED_METHODS = ("POST", "PUT", "DELETE")


class Registry:
    """The applications and the owners.

    Args:
        applications: The applications, at least one.
        owners: The owners, at least one.
        rules: The rules of tokens.

    Attributes:
        tokens: The codes and tokens that are good.

    Raises:
        ValueError: There is none, or two have the same key, client id or login.
    """

    def __init__(
        self,
        applications: Sequence[Application] = APPLICATIONS,
        owners: Sequence[Owner] = OWNERS,
        *,
        rules: TokenRules | None = None,
    ) -> None:
        if not applications or not owners:
            raise ValueError("there must be an application and an owner")
        for name, values in (
            ("key", [application.api_key for application in applications]),
            ("client id", [application.client_id for application in applications]),
            ("login", [owner.username for owner in owners]),
        ):
            if len(set(values)) < len(values):
                raise ValueError(f"each {name} is that of one alone")
        self.applications = tuple(applications)
        self.owners = tuple(owners)
        standing = [
            (application.access_token, Grant(application, self.first_owner(application)))
            for application in applications
            if application.access_token
        ]
        self.tokens = TokenBook(rules or TokenRules(), standing)
        self._quotas = {application.client_id: Quota(application.plan) for application in applications}
        self._writes = {
            (application.client_id, method): Quota(WRITES_OF_A_PARTNER)
            for application in applications
            if application.plan.name == WRITES_OF_A_PARTNER.name
            for method in _LIMITED_METHODS
        }

    def by_key(self, api_key: str) -> Application | None:
        """Return the application that has this key, or None."""
        return next((one for one in self.applications if _same(one.api_key, api_key)), None)

    def by_client(self, client_id: str, client_secret: str | None = None) -> Application | None:
        """Return the application with this client id, and this secret if one is given, or None."""
        found = next((one for one in self.applications if one.client_id == client_id), None)
        return found if found and (client_secret is None or _same(found.client_secret, client_secret)) else None

    def login(self, username: str, password: str) -> Owner | None:
        """Return the owner with this login, or None."""
        found = next((one for one in self.owners if one.username == username), None)
        return found if found and _same(found.password, password) else None

    def installer(self, username: str, password: str) -> Owner:
        """Return the installer with this login.

        Raises:
            GrantError: There is none.
        """
        found = self.login(username, password)
        if found is None or not found.installer:
            raise GrantError(self.tokens.rules.invalid_grant_status, "invalid_grant", "Bad credentials")
        return found

    def quota(self, application: Application) -> Quota:
        """Return what an application may spend and has spent."""
        return self._quotas[application.client_id]

    def spend(self, application: Application, method: str, now: float) -> Excess | None:
        """Count a request at `now` (epoch seconds), or return the limit that is used up."""
        writes = self._writes.get((application.client_id, method))
        excess = (writes.excess(now) if writes else None) or self.quota(application).spend(now)
        if writes and not excess:
            writes.spend(now)
        return excess

    def check_exposed(self) -> None:
        """Reject credentials that may be real ones, where they would travel in clear between machines.

        Raises:
            ValueError: One of them does not begin as simulated credentials do.
        """
        for application in self.applications:
            application.check_exposed()

    def reset(self) -> None:
        """Forget what was spent, and all tokens but those that never end."""
        self.tokens.reset()
        for quota in (*self._quotas.values(), *self._writes.values()):
            quota.reset()

    def first_owner(self, application: Application) -> Owner:
        """Return the first owner, or for a partner's application the first installer."""
        fitting = [owner for owner in self.owners if owner.installer == application.partner]
        return (fitting or self.owners)[0]


def _same(one: str, other: str) -> bool:
    return compare_digest(one.encode(), other.encode())
