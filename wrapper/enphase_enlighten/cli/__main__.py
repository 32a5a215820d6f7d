"""`python -m enphase_enlighten.cli`, the same as `enlighten`."""

import sys

from enphase_enlighten.cli import main

if __name__ == "__main__":
    sys.exit(main())
