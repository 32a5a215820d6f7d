"""Applications, and the owners of systems who give them access."""

from __future__ import annotations

from dataclasses import dataclass

from enlighten_mock.accounts.plans import ACCESS_CONTROLS, PLANS, access_controls
from enlighten_mock.service.quota import Plan  # noqa: TC001  # scenarios read the types of the attributes

SIMULATED = "simulated"
"""How credentials begin that are no real ones; clients send others over http to loopback alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """An application that is registered with the simulated portal.

    Attributes:
        name: Shown to the owner who is asked for consent.
        client_id: Its client id.
        client_secret: Its client secret.
        api_key: Its key.
        plan: How many requests it may make.
        access_controls: The groups of operations that it may call, as far as its plan has them.
        partner: Whether it is a partner's, which may log in with the password of an installer.
        redirect_uris: Where a browser may be sent with a code, beside this machine and the page that shows the code.
        access_token: A token of the first owner that never ends, or None for none.
    """

    name: str = "Simulated application"
    client_id: str = "simulated-client-id"
    client_secret: str = "simulated-client-secret"  # noqa: S105  # a simulated one
    api_key: str = "simulated-api-key"
    plan: Plan = PLANS["none"]
    access_controls: frozenset[str] = ACCESS_CONTROLS
    partner: bool = False
    redirect_uris: tuple[str, ...] = ()
    access_token: str | None = None

    def __post_init__(self) -> None:
        unknown = sorted(self.access_controls - ACCESS_CONTROLS)
        if unknown:
            raise ValueError(
                f"there is no access control {unknown[0]!r}; there are {', '.join(sorted(ACCESS_CONTROLS))}"
            )

    def may(self, access_control: str | None) -> bool:
        """Return whether plan and access controls let it call operations of this group."""
        return access_control is None or access_control in self.access_controls & access_controls(self.plan)

    def check_exposed(self) -> None:
        """Reject credentials that may be real ones, where they would travel in clear between machines.

        Raises:
            ValueError: One of them does not begin as simulated credentials do.
        """
        named = {
            "API key": self.api_key,
            "client id": self.client_id,
            "client secret": self.client_secret,
            "access token": self.access_token or SIMULATED,
        }
        for name, value in named.items():
            if not value.startswith(SIMULATED):
                raise ValueError(
                    f"the {name} may be a real one, and beyond loopback it would travel in clear: leave it out, or "
                    f"choose one that begins with {SIMULATED}"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Somebody with a login, who owns systems or installs them.

    Attributes:
        username: The e-mail address of the login.
        password: Its password.
        systems: The ids of the systems that the login sees; None for all.
        installer: Whether it is the login of an installer, with which a partner's application gets tokens.
    """

    username: str = "owner@simulated.invalid"
    password: str = "simulated-password"  # noqa: S105  # a simulated one
    systems: frozenset[int] | None = None
    installer: bool = False

    def sees(self, system_id: int) -> bool:
        """Return whether the login sees a system."""
        return self.systems is None or system_id in self.systems


APPLICATIONS = (
    Application(access_token="simulated-access-token"),  # noqa: S106  # a simulated one
    Application(
        name="Simulated partner",
        client_id="simulated-partner-id",
        client_secret="simulated-partner-secret",  # noqa: S106  # a simulated one
        api_key="simulated-partner-key",
        partner=True,
        access_token="simulated-partner-access-token",  # noqa: S106  # a simulated one
    ),
)
"""Those that there are unless others are given: one of an ordinary developer, one of a partner."""

OWNERS = (Owner(), Owner(username="installer@simulated.invalid", installer=True))
"""Those that there are unless others are given."""
