"""The operations and errors that a fault can be about. Each service adds its own here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from enlighten_mock.oauth import service as oauth
from enlighten_mock.v2 import failures as v2_failures
from enlighten_mock.v2 import operations as v2_operations
from enlighten_mock.v4 import failures as v4_failures
from enlighten_mock.v4 import operations as v4_operations

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Target(NamedTuple):
    """What a fault can hit in a service.

    Attributes:
        operations: The ids of all operations.
        without_system: Those whose requests are about no single system.
        paged: Those that come in pages.
        failures: The kinds that bring an error, each with the shapes of its bodies.
    """

    operations: Collection[str]
    without_system: Collection[str]
    paged: Collection[str]
    failures: Collection[tuple[str, str]]


TARGETS: Mapping[str, Target] = {
    "v2": Target(
        tuple(v2_operations.OPERATIONS),
        v2_operations.WITHOUT_SYSTEM,
        v2_operations.PAGED,
        tuple(v2_failures.FAILURES),
    ),
    "v4": Target(
        tuple(v4_operations.OPERATIONS),
        v4_operations.WITHOUT_SYSTEM,
        v4_operations.PAGED,
        (*v4_failures.FAILURES, *v4_failures.STREAM),
    ),
    "oauth": Target(oauth.OPERATIONS, oauth.OPERATIONS, (), tuple(oauth.FAILURES)),
}
"""By the name of the service."""

UNCALLED = ("oauth",)
"""The services that only a fault hits which names them, or an operation of theirs."""
