"""`enlighten find`: the system of an envoy."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from ...data.tables import Kind
from ..exits import Code
from ..output.destination import Destination
from ..report import Column
from ..run.writing import RowWriter
from ..session import connected

COLUMNS = (Column("serial_num"), Column("system_id", Kind.WHOLE))


def run(options: Any, serial_num: str) -> int:
    """Find the system, and return the exit code."""
    destination = Destination(options)
    with connected(options) as session:
        system_id = session.client.search_system_id(serial_num)
    with RowWriter(destination, COLUMNS, UTC) as writer:
        writer.write((serial_num, system_id))
    return Code.OK
