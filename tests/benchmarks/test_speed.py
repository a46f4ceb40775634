"""What a command costs, the work of children that it never waits for included."""

import sys

from benchmarks.speed.watch import cost_of

_WORK = "import time\nwhile time.process_time() < 0.8: pass\ntime.sleep(60)"
_LEAVE = f"""
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {_WORK!r}])
time.sleep(4)
child.kill()
os._exit(0)
"""


def test_the_work_of_a_process_that_nobody_waits_for_counts() -> None:
    cost = cost_of([sys.executable, "-c", _LEAVE])
    assert cost.cpu >= 0.7
    assert cost.wall >= 4
    assert cost.process > 5
