"""The division of whole numbers into whole parts that add up to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def divided(totals: NDArray[np.int64], weights: NDArray[np.float64] | Sequence[float]) -> NDArray[np.int64]:
    """Divide each of `totals` as `weights` are to each other.

    Returns:
        A row for each weight, a column for each total; each column adds up to its total.
    """
    marks = np.cumsum(weights)
    upto = np.floor(totals * (marks / marks[-1])[:, None]).astype(np.int64)
    upto[-1] = totals
    parts: NDArray[np.int64] = np.diff(upto, axis=0, prepend=0)
    return parts
