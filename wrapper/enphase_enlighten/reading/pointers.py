"""JSON pointers (RFC 6901)."""

from collections.abc import Iterable


def json_pointer(steps: Iterable[object], base: str = "") -> str:
    """Return the pointer that goes on from `base` by these names and indexes.

    >>> json_pointer(["intervals", 3, "a/b"])
    '/intervals/3/a~1b'
    """
    return base + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)
