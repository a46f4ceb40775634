"""Review servers that are killed (SIGKILL) at random moments while several people decide: what was acknowledged is kept.

``SOHOA_KILLS=500 pytest tests/faults/test_review_kills.py`` kills five hundred times.
"""

import http.client
import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

from pipeline.review.decisions import Key, replay
from pipeline.review.trail import Trail
from pipeline.review.trail_moving import move_trail
from tests.review.conftest import database, workspace
from tests.review.processes import Browser, Server, servers

__all__ = ["database", "workspace"]

KILLS = int(os.environ.get("SOHOA_KILLS", "50"))
PEOPLE = 3
MOST_DECISIONS = 12
"""A server lives until so many decisions were acknowledged, at most, and then some moments more."""
_MOMENT = 0.02


def decide_until_the_end(server: Server, person: int, keys: list[Key], acknowledged: list[str]) -> None:
    """Decide on one field after the other as long as the server lives; note the hashes that it acknowledges."""
    with suppress(OSError, http.client.HTTPException, ValueError), closing(Browser(server.link)) as browser:
        while True:  # until the answer is cut off, or there is none
            for doc_id, field in keys:
                item = browser.get(f"/api/item/{doc_id}/{field}")[1]
                number = str(person * 1_000_000 + len(item["history"]))
                sent = {"doc_id": doc_id, "field": field, "seen": item["seen"], "action": "set",
                        "new": {"state": "reported", "number": number}}  # fmt: skip
                status, answer = browser.post("/api/decide", sent)
                assert status == 200, answer
                acknowledged.append(answer["seen"])


def kill_again_and_again(workspace: Path, folder: Path, kills: int) -> None:

    acknowledged: list[str] = []
    dice = random.Random(kills)
    with servers(folder) as start, ThreadPoolExecutor(PEOPLE) as people:
        keys: list[Key] = []
        for blow in range(kills):
            server = start(workspace)
            if not keys:
                with closing(Browser(server.link)) as browser:
                    queue = browser.get("/api/queue?limit=20")[1]["items"]
                keys = [(item["doc_id"], item["field"]) for item in queue]
            enough = len(acknowledged) + dice.randint(0, MOST_DECISIONS)
            at_work = [
                people.submit(decide_until_the_end, server, person, keys[person::PEOPLE], acknowledged)
                for person in range(PEOPLE)
            ]
            while len(acknowledged) < enough:
                time.sleep(0.001)
                assert not any(one.done() for one in at_work), [one.exception() for one in at_work]
            time.sleep(dice.uniform(0.0, _MOMENT))
            server.kill()
            for one in at_work:
                one.result()
            if blow % 10 == 9 or blow == kills - 1:
                trail = Trail(workspace)  # the chain is whole
                kept = Counter(entry.hash for entry in trail.entries)
                lost = [seen for seen in acknowledged if kept[seen] != 1]
                assert not lost, (
                    f"after {blow + 1} kills {len(lost)} acknowledged decisions are not there once"
                )
                trail.close()
    assert len(acknowledged) > kills, "the servers died before anybody could decide"
    assert len(trail.entries) - len(acknowledged) <= kills * PEOPLE, "more is there than was ever sent"
    assert set(replay(trail.entries)) == {entry.key for entry in trail.entries}


def test_no_acknowledged_decision_is_lost_however_often_the_server_is_killed(
    workspace: Path, tmp_path: Path
) -> None:
    kill_again_and_again(workspace, tmp_path, KILLS)


def test_nor_with_the_trail_in_a_teams_database(workspace: Path, tmp_path: Path, database: str) -> None:
    move_trail(workspace, database)
    kill_again_and_again(workspace, tmp_path, max(1, KILLS // 10))
