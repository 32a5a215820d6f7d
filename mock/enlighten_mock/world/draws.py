"""Random numbers that are functions of what they are for.

No generator with a state is used anywhere: a draw depends on a key (made of the seed and of names) and an
index alone, so that any process computes any system, day or interval directly, and always the same. The
mixing function is the finaliser of SplitMix64, in Python integers for one draw and in numpy for many; both
give the same numbers.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

T = TypeVar("T")

_MASK = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15
_FIRST = 0xBF58476D1CE4E5B9
_SECOND = 0x94D049BB133111EB
_SCALE = 1.0 / (1 << 53)


@lru_cache(maxsize=256)
def _name(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def _mix(value: int) -> int:
    value = ((value ^ (value >> 30)) * _FIRST) & _MASK
    value = ((value ^ (value >> 27)) * _SECOND) & _MASK
    return value ^ (value >> 31)


def key(*parts: int | str) -> int:
    """Return the 64-bit key that `parts` stand for; their order counts."""
    state = 0
    for part in parts:
        number = _name(part) if isinstance(part, str) else part
        state = _mix((state * 3 + (number & _MASK) + _STEP) & _MASK)
    return state


def bits(of: int, index: int = 0) -> int:
    """Return draw number `index` of the key `of`, as 64 random bits."""
    return _mix((of + (index + 1) * _STEP) & _MASK)


def unit(of: int, index: int = 0) -> float:
    """Return draw number `index` of the key `of`, from 0 up to but not including 1."""
    return (bits(of, index) >> 11) * _SCALE


def units(of: int, indices: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return `unit(of, index)` for each of `indices`."""
    value = np.uint64(of) + (indices.astype(np.uint64) + np.uint64(1)) * np.uint64(_STEP)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(_FIRST)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(_SECOND)
    value ^= value >> np.uint64(31)
    return (value >> np.uint64(11)).astype(np.float64) * _SCALE


def chance(of: int, index: int, probability: float) -> bool:
    """Return True with this probability."""
    return unit(of, index) < probability


def between(of: int, index: int, low: float, high: float) -> float:
    """Return a draw from `low` up to `high`."""
    return low + (high - low) * unit(of, index)


def choose(of: int, index: int, options: Sequence[T]) -> T:
    """Return one of `options`, each as likely as the others."""
    return options[int(unit(of, index) * len(options))]
