from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from enphase_enlighten import Enlighten, InvalidArgumentError
from enphase_enlighten.timing.clock import SystemClock, as_clock, instant

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)


class Simulated:
    def __init__(self) -> None:
        self.moment = NOON

    def now(self) -> datetime:
        return self.moment

    def advance(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


def test_by_default_the_time_is_the_machines() -> None:
    assert abs(as_clock(None).now() - time.time()) < 5


def test_a_function_may_tell_the_time_as_a_datetime_or_as_epoch_seconds() -> None:
    assert as_clock(lambda: NOON).now() == as_clock(NOON.timestamp).now() == NOON.timestamp()


def test_waiting_on_a_simulated_clock_moves_it_on() -> None:
    simulated = Simulated()
    as_clock(simulated).sleep(90)
    assert simulated.moment == NOON + timedelta(seconds=90)


async def test_waiting_on_a_simulated_clock_in_a_task_moves_it_on() -> None:
    simulated = Simulated()
    await as_clock(simulated).asleep(90)
    assert simulated.moment == NOON + timedelta(seconds=90)


async def test_waiting_without_a_simulated_clock_takes_time() -> None:
    clock = as_clock(lambda: NOON)
    before = time.monotonic()
    clock.sleep(0.01)
    await clock.asleep(0.01)
    assert time.monotonic() - before >= 0.02


def test_a_clock_that_waits_in_its_own_way_is_taken_as_it_is() -> None:
    class Own:
        def now(self) -> float:
            return 5.0

        def sleep(self, seconds: float) -> None:
            raise NotImplementedError

        async def asleep(self, seconds: float) -> None:
            raise NotImplementedError

    own = Own()
    assert as_clock(own) is own
    assert instant(as_clock(own)) == (5.0, 5.0)


def test_the_machines_clock_has_a_steady_one_beside_it() -> None:
    clock = SystemClock()
    before, after = instant(clock), instant(clock)
    assert after.steady >= before.steady
    assert abs(before.steady - time.monotonic()) < 5


@pytest.mark.parametrize(
    "clock",
    [
        5,
        "12:00",
        datetime,
        lambda: "12:00",
        lambda: None,
        lambda: True,
        lambda: float("nan"),
        lambda: NOON.replace(tzinfo=None),
    ],
)
def test_an_invalid_clock_is_an_error_before_anything_is_sent(clock: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="clock="):
        Enlighten("an-api-key", "a-user-id", clock=clock)
