"""The promise of the quota: no clock minute of the server gets more requests than the limit, once that is known.

The event loop's time is simulated: where all tasks wait, the clock jumps to the moment at which the first goes on.
"""

from __future__ import annotations

import asyncio
import selectors
from collections import Counter
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import httpx
from attrs import define, field
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from enphase_enlighten import AsyncEnlighten, EnlightenError, Quota, UsagePlan

if TYPE_CHECKING:
    from collections.abc import Coroutine

START = 1_700_000_000.0


class SimulatedTimeLoop(asyncio.SelectorEventLoop):
    """An event loop that does not wait for its timers but sets its clock to them."""

    def __init__(self) -> None:
        super().__init__(_Selector(self))
        self.moment = 0.0

    def time(self) -> float:
        return self.moment


class _Selector(selectors.SelectSelector):
    def __init__(self, loop: SimulatedTimeLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self._loop.moment += max(timeout or 0.0, 0.0)
        return super().select(0)


def simulate(main: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=SimulatedTimeLoop) as runner:
        runner.run(main)


@define
class OurClock:
    """A clock that is wrong by `ahead` seconds, and may be set."""

    ahead: float = 0.0

    def steady(self) -> float:
        return asyncio.get_running_loop().time()

    def now(self) -> float:
        return START + self.steady() + self.ahead

    def sleep(self, seconds: float) -> None:
        raise AssertionError(f"the async client blocked the event loop for {seconds} seconds")

    async def asleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@define
class Course:
    """The way of one request: seconds until it is counted, seconds until the response comes, and which it is."""

    there: float = 0.1
    back: float = 0.1
    response: str = "served"


@define
class Service:
    """Counts each request by its own clock, and responds as it is told to; beyond the limit with 409."""

    limit: int
    courses: list[Course]
    sends_date: bool = True
    counted: list[float] = field(factory=list)
    refused_at: list[float] = field(factory=list)
    told_at: list[float] = field(factory=list)

    def now(self) -> float:
        return START + asyncio.get_running_loop().time()

    def in_minutes(self) -> Counter[int]:
        return Counter(int(moment // 60) for moment in self.counted)

    async def handle(self, _request: httpx.Request) -> httpx.Response:
        course = self.courses[len(self.counted) % len(self.courses)]
        await asyncio.sleep(course.there)
        counted = self.now()
        self.counted.append(counted)
        over = self.in_minutes()[int(counted // 60)] > self.limit
        headers = {"Date": formatdate(self.now(), usegmt=True)} if self.sends_date else {}
        await asyncio.sleep(course.back)
        if course.response == "broken":
            raise httpx.ReadError("the connection broke")
        if over or course.response.startswith("409"):
            self.refused_at.append(self.now())
            self.told_at += [self.now()] if course.response != "409 odd" else []
            return httpx.Response(409, headers=headers, json=self._refusal(course.response, counted))
        return httpx.Response(200, headers=headers, json={"system_id": 67})

    def _refusal(self, kind: str, moment: float) -> dict[str, object]:
        start = int(moment // 60 * 60)
        body = {"reason": "409", "period": "minute", "period_start": start, "period_end": start + 60}
        changes: dict[str, dict[str, object]] = {
            "409 past": {"period_end": start - 3600},
            "409 far": {"period_end": start + 10**8},
            "409 odd": {"period": 5, "period_start": None, "period_end": "soon"},
        }
        return body | changes.get(kind, {}) | ({} if kind == "409 odd" else {"limit": self.limit})


async def spend(
    service: Service, clock: OurClock, *, plan: UsagePlan | None, calls: list[float], jumps: dict[float, float]
) -> list[EnlightenError]:
    """Make a call at each of the given times, set the clock at others, and return the errors."""
    errors: list[EnlightenError] = []
    async with AsyncEnlighten(
        "an-api-key",
        "a-user-id",
        clock=clock,
        quota=Quota(plan),
        max_wait=600,
        transport=httpx.MockTransport(service.handle),
    ) as client:

        async def call(at: float) -> None:
            await asyncio.sleep(at)
            try:
                await client.search_system_id("121800000000")
            except EnlightenError as error:
                errors.append(error)

        async def jump(at: float, by: float) -> None:
            await asyncio.sleep(at)
            clock.ahead += by

        await asyncio.gather(*(call(at) for at in calls), *(jump(at, by) for at, by in jumps.items()))
    return errors


seconds = st.floats(0, 90) | st.sampled_from([0.0, 0.05, 30.0])
offsets = st.floats(-1e5, 1e5) | st.sampled_from([0.0, 0.5, -30.0, 3600.0, -7200.0])
responses = st.sampled_from(["served"] * 8 + ["broken", "409", "409 past", "409 far", "409 odd"])
courses = st.lists(st.builds(Course, seconds, seconds, responses), min_size=1, max_size=12)


@settings(max_examples=150)
@given(
    limit=st.integers(1, 6),
    planned=st.booleans(),
    courses=courses,
    sends_date=st.booleans(),
    ahead=offsets,
    calls=st.lists(st.floats(0, 200) | st.sampled_from([0.0, 59.9, 60.0]), min_size=1, max_size=25),
    jumps=st.dictionaries(st.floats(0, 300), offsets, max_size=3),
)
@example(limit=2, planned=True, courses=[Course(59, 1)], sends_date=True, ahead=0.0, calls=[0.0] * 6, jumps={})
@example(
    limit=2, planned=True, courses=[Course()], sends_date=True, ahead=7200.0, calls=[0.0, 1.0, 2.0], jumps={1.5: 3600.0}
)
@example(
    limit=2,
    planned=True,
    courses=[Course(0, 0, "broken"), Course()],
    sends_date=True,
    ahead=39.0,
    calls=[0.0, 1.0, 2.0],
    jumps={},
)
def test_no_minute_of_the_server_gets_more_requests_than_the_limit_once_it_is_known(
    limit: int,
    *,
    planned: bool,
    courses: list[Course],
    sends_date: bool,
    ahead: float,
    calls: list[float],
    jumps: dict[float, float],
) -> None:
    service = Service(limit, courses, sends_date)
    if not sends_date:
        ahead, jumps = 0.0, {}  # nothing tells the server's time then, so ours has to be right

    async def run() -> None:
        await spend(service, OurClock(ahead), plan=UsagePlan(limit) if planned else None, calls=calls, jumps=jumps)

    simulate(run())
    known_at = 0.0 if planned else next(iter(service.told_at), float("inf"))
    event("a limit is told" if known_at < float("inf") else "no limit is told")
    # What was under way when the limit was told was sent without knowing it.
    known_from = known_at // 60 + (0 if planned else 4)
    over = {minute: number for minute, number in service.in_minutes().items() if number > limit}
    assert not {minute: number for minute, number in over.items() if minute >= known_from}


def test_an_hour_of_steady_work_uses_the_quota_without_one_refusal() -> None:
    service = Service(10, [Course(0.2, 0.3), Course(0.9, 0.1), Course(0.05, 2.5)])

    async def run() -> None:
        clock = OurClock(ahead=0.7)
        quota = Quota("watt")
        async with AsyncEnlighten(
            "an-api-key", "a-user-id", clock=clock, quota=quota, transport=httpx.MockTransport(service.handle)
        ) as client:

            async def work() -> None:
                while asyncio.get_running_loop().time() < 3600:
                    await client.search_system_id("121800000000")

            await asyncio.gather(work(), work(), work())

    simulate(run())
    assert service.refused_at == []
    assert sum(moment < START + 3600 for moment in service.counted) >= 0.98 * 600


def test_requests_that_come_one_by_one_are_not_spent_double_at_the_edge_of_a_minute() -> None:
    service = Service(10, [Course(0.4, 0.8)])

    async def run() -> None:
        calls = [6.0 * number for number in range(600)]
        assert await spend(service, OurClock(), plan=UsagePlan(10), calls=calls, jumps={}) == []

    simulate(run())
    assert service.refused_at == []
    assert sum(moment < START + 3600 for moment in service.counted) >= 0.98 * 600


def test_a_server_whose_clock_is_set_is_followed() -> None:
    class Set(Service):
        def now(self) -> float:
            return super().now() + (7210.0 if len(self.counted) > 15 else 0.0)

    service = Set(5, [Course()])

    async def run() -> None:
        assert await spend(service, OurClock(), plan=UsagePlan(5), calls=[0.0] * 40, jumps={}) == []

    simulate(run())
    assert max(service.in_minutes().values()) <= 5


def test_waiting_tasks_do_not_poll() -> None:
    service = Service(10, [Course(1.0, 1.0)])
    waits = 0

    class CountingClock(OurClock):
        async def asleep(self, seconds: float) -> None:
            nonlocal waits
            waits += 1
            await super().asleep(seconds)

    async def run() -> None:
        assert await spend(service, CountingClock(), plan=UsagePlan(10), calls=[0.0] * 100, jumps={}) == []

    simulate(run())
    once_a_minute = 90 + 80 + 70 + 60 + 50 + 40 + 30 + 20 + 10
    assert waits <= once_a_minute + 90, "and once more when the first response tells the server's time"
