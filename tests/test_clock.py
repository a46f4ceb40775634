import subprocess
import sys

from pipeline.clock import StageClock


def test_the_work_of_programs_is_told_apart_from_the_stage_that_starts_them() -> None:
    clock = StageClock()
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    with clock.stage("marks", programs="reader"):
        subprocess.run([sys.executable, "-c", busy], check=True)
    assert clock.seconds["reader"] >= 0.25
    assert clock.seconds["marks"] < 0.2


def test_a_stage_alone_counts_its_programs_too() -> None:
    clock = StageClock()
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    with clock.stage("reader"):
        subprocess.run([sys.executable, "-c", busy], check=True)
    assert clock.seconds["reader"] >= 0.25
