# Generated from async_live_methods.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""The sync client's method for the live stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..clients.base import BaseClient
from .live_operation import LIVE_DATA, SHORTEST

if TYPE_CHECKING:
    from enlighten_v4.models import LiveDataMessage, SearchedSystem, System

    from ..data.live_stream import LiveStream


class LiveMethods(BaseClient):
    """A method for the live stream."""

    def live_data(
        self, system_id: int | System | SearchedSystem, *, duration: int = SHORTEST
    ) -> LiveStream[LiveDataMessage]:
        """Stream the power of a system's parts, each message as it comes.

        Spends one request, when the first message is asked for. Beyond what the plan includes, the service charges each
        call (USD 0.10 when last seen, by one second-hand source). So it is sent once, and again only where it is
        certain that the service did not count it. Operation ``LiveData``. For the plans Kilowatt, Megawatt, Partner.

        The system needs a gateway with firmware 6.0.0 or later and a production meter; with a battery or a system
        controller, a consumption meter too.

        `timeout` is the longest time without a message. A stream is complete when its time is over, or the service has
        ended it after a whole message. A connection stays open until then: leave the loop early, or a ``with`` block
        around the stream, and it is closed.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            duration: How long the stream is to last, 30 to 300 seconds.

        Returns:
            An iterator of messages, to be gone through once. `data` has `pv_power`, `consumption_power`, `grid_power`
            (positive when importing), `battery_power` (positive when discharging) and `generator_power` in W, and
            `battery_soc` in percent; `timestamp_epoch` is in milliseconds.

        Raises:
            InvalidArgumentError: An argument is not accepted; raised by the call itself.
            StreamInterruptedError: The stream broke off; raised after the messages that came.
            UnprocessableRequestError: The system has no live stream, or its gateway does not report (466, 472, 473).
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> with client.live_data(system_id, duration=30) as stream:
            ...     for message in stream:
            ...         power, share = message.data.pv_power, message.data.battery_soc
        """
        return self._live(LIVE_DATA, system_id=system_id, duration=duration)
