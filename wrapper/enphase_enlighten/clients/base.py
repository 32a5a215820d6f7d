# Generated from async_base.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""What the sync clients of all APIs have."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from ..data.live_stream import LiveStream
from ..data.series import IntervalSeries, Listing
from ..errors import ConfigurationError
from ..event_loops import in_thread, may_take_time
from ..forks import OfThisProcess
from ..operations.daily import SeriesT, days
from ..operations.events import events_of
from ..operations.intervals import intervals_of
from ..operations.listing import listed
from ..operations.live import live
from ..operations.single import fetch

if TYPE_CHECKING:
    import httpx

    from ..api import Operation
    from ..engine.driver import Driver
    from ..quota.plans import Usage
    from .assembly import Assembly


class BaseClient(OfThisProcess):
    """Closing, options and usage of a sync client, and what its methods are made of."""

    _instead = "Make one in each process, with a SQLiteQuota or a RedisQuota where they share the limits."

    def __init__(
        self,
        assembly: Assembly,
        transport: httpx.BaseTransport | None = None,
        *,
        proxy: Any = None,
        verify: Any = True,
    ) -> None:
        self._drive_by(assembly.driver(transport, proxy, verify))
        if transport is None and may_take_time():
            # Certificates that cannot be used are an error of the first request.
            with suppress(ConfigurationError):
                self._driver.prepare()

    def _drive_by(self, driver: Driver) -> None:
        self._driver, self._context = driver, driver.context

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def __repr__(self) -> str:
        driver = getattr(self, "_driver", None)  # a traceback may show a client whose __init__ raised
        return f"<{type(self).__name__} of {driver.context.settings.base_url if driver else 'no service'}>"

    def prepare(self) -> None:
        """Load certificates and modules, in a thread, which the first requests need: they then hold up nothing.

        A client that is made where no event loop runs has done so already.

        Example:
            >>> client.prepare()
        """
        in_thread(self._driver.prepare)

    def close(self) -> None:
        """Close the connections; the client cannot be used afterwards. Leaving a ``with`` block does so too.

        Example:
            >>> Enlighten(api_key, user_id, base_url=base_url).close()
        """
        self._driver.close()

    def with_options(
        self,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
        max_wait: float | None = None,
        concurrency: int | None = None,
        max_response_bytes: int | None = None,
        strict: bool | None = None,
    ) -> Self:
        """Return a client with other settings that shares connections, quota and known timezones.

        Closing it closes nothing: the connections belong to the original client.

        Args:
            timeout: See the class; None keeps the present setting, here and below.
            max_retries: See the class.
            max_wait: See the class.
            concurrency: See the class.
            max_response_bytes: See the class.
            strict: See the class.

        Raises:
            InvalidArgumentError: A number is out of its range.

        Example:
            >>> patient = client.with_options(timeout=120, max_retries=10)
        """
        changes = {
            "timeout": timeout,
            "max_retries": max_retries,
            "max_wait": max_wait,
            "concurrency": concurrency,
            "max_response_bytes": max_response_bytes,
            "strict": strict,
        }
        other = object.__new__(type(self))
        other._drive_by(self._driver.with_settings(changes))
        return other

    @property
    def usage(self) -> Usage:
        """Requests spent in the present minute and month, as far as this client's quota knows, and the limits.

        Example:
            >>> summary = client.summary(system_id)
            >>> client.usage.month
            1
        """
        context = self._context
        return context.quota.usage(context.clock.now())

    @property
    def clock_offset(self) -> float | None:
        """Seconds by which the service's clock is ahead of the client's; None while it is not known.

        Example:
            >>> summary = client.summary(system_id)
            >>> abs(client.clock_offset) <= 1
            True
        """
        server_clock = self._context.quota.server_clock
        return server_clock.offset if server_clock.certain else None

    def _call(self, operation: Operation, *, body: Any = None, **arguments: Any) -> Any:
        """Carry out an operation that is one request and one body; see `fetch`."""
        return self._driver.run(fetch(self._context, operation, body=body, **arguments))

    def _days(self, operation: Operation, series: type[SeriesT], row: Any = None, **arguments: Any) -> SeriesT:
        """Carry out an operation that gives a daily series; see `days`."""
        return self._driver.run(days(self._context, operation, series, row, **arguments))

    def _listing(self, operation: Operation, key: str, listing: Any = Listing, **options: Any) -> Any:
        """Return a lazy listing of a class; see `listed`."""
        source = listed(self._context, operation, key, **options)
        return listing(source, options.get("cursor"), self._driver.stream)

    def _live(self, operation: Operation, **arguments: Any) -> LiveStream[Any]:
        """Return the messages of a stream; see `live`."""
        return LiveStream(live(self._context, operation, **arguments), self._driver.live)

    def _intervals(self, operation: Operation, system_id: Any, **span: Any) -> IntervalSeries[Any, Any]:
        """Return a lazy series of intervals; see `intervals_of`."""
        return IntervalSeries(intervals_of(self._context, operation, system_id, **span), self._driver.stream)

    def _events(self, operation: Operation, keys: tuple[str, ...], series: Any, system_id: Any, **options: Any) -> Any:
        """Return a lazy series of events of a class; see `events_of`."""
        return series(events_of(self._context, operation, keys, system_id, **options), self._driver.stream)
