"""`python -m enlighten_mock`."""

from __future__ import annotations

import sys

from enlighten_mock.program import main

if __name__ == "__main__":
    sys.exit(main())
