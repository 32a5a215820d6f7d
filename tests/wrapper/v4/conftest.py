"""What the tests of the clients of API v4 have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.v4_service import V4Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enphase_enlighten.v4 import Enlighten
    from tests.support.clock import SettableClock


@pytest.fixture
def v4_service(clock: SettableClock) -> V4Service:
    return V4Service(clock)


@pytest.fixture
def v4(v4_service: V4Service) -> Iterator[Enlighten]:
    with v4_service.client() as client:
        yield client
