"""Runs that are killed (SIGKILL) at random moments and started again, as machines are that someone switches off.

``SOHOA_KILLS=100 pytest tests/faults/test_kills.py`` kills a hundred times.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

from tests.faults.conftest import Machine, MakeMachine, tables

KILLS = int(os.environ.get("SOHOA_KILLS", "3"))
DOCUMENTS = 60
WORKERS = 2


def start(machine: Machine) -> "subprocess.Popen[bytes]":
    command = machine.command("run", machine.scans, "--out", machine.out, "--workers", WORKERS)
    with (machine.root / "said").open("ab") as said:
        return subprocess.Popen(command, env=machine.environment, stdout=said, stderr=said)


def pages_read(out: Path) -> Counter[tuple[str, int]]:
    """How often each page was read, by the logs of all runs."""
    read: Counter[tuple[str, int]] = Counter()
    for log in (out / "log").glob("*.jsonl"):
        for line in log.read_text("utf-8").splitlines():
            try:
                event = json.loads(line)
            except ValueError:  # the kill met the log in the middle of a line
                continue
            if event["event"] == "page":
                read[event["source"], event["page"]] += 1
    return read


def test_a_run_killed_again_and_again_ends_with_the_bytes_of_an_undisturbed_one(machine: MakeMachine) -> None:
    here = machine(DOCUMENTS)
    began = time.monotonic()
    calm = start(here)
    assert calm.wait(timeout=600) == 0, (here.root / "said").read_text()
    length = time.monotonic() - began
    expected = tables(here.out)
    calls_a_page = here.calls / DOCUMENTS
    shutil.rmtree(here.out)

    dice = random.Random(KILLS)
    killed = since_fresh = 0
    seen_before = here.calls
    while killed < KILLS or since_fresh:
        process = start(here)
        if killed < KILLS:
            try:
                process.wait(timeout=dice.uniform(0.1, 1.0) * length)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
                since_fresh += 1
                continue
        assert process.wait(timeout=600) == 0, (here.root / "said").read_text()
        assert tables(here.out) == expected
        read = pages_read(here.out)
        assert max(read.values()) == 1, "a page that was read and entered was read again"
        spent = (here.calls - seen_before) / calls_a_page
        assert spent <= DOCUMENTS + since_fresh * WORKERS, (
            "more was read again than was in flight at the kills"
        )
        shutil.rmtree(here.out)
        seen_before, since_fresh = here.calls, 0
    assert killed == KILLS
