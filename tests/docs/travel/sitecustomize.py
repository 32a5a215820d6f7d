"""Sets the clock of a Python process that a test starts to the test's own time.

Python imports this module at its start where its folder is in PYTHONPATH.
"""

import os

import time_machine

if "TEST_NOW" in os.environ:
    time_machine.travel(float(os.environ["TEST_NOW"])).start()
