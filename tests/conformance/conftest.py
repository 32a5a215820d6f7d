"""The fixtures of the suite, and its report."""

from .tally import tally

__all__ = ["tally"]
