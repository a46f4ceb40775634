"""Every route of the server, asked with what fits its description and what does not: it never fails, nor surprises.

``SOHOA_FUZZ=500 pytest tests/review/test_fuzz.py`` asks each route a thousand times, differently each time.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.dataset.writing import write_dataset
from pipeline.review.desk import Desk
from pipeline.review.pictures import Pictures
from pipeline.review.server import application
from pipeline.review.sessions import Sessions
from pipeline.review.trail import Trail
from tests.review.conftest import FIELDS, HOST, report
from tests.search.test_search import DOCUMENTS

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

from schemathesis.generation import GenerationMode  # noqa: E402
from schemathesis.python import asgi  # noqa: E402
from schemathesis.specs.openapi.checks import (  # noqa: E402
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

ASKED = int(os.environ.get("SOHOA_FUZZ", "20"))
REPRODUCIBLE = "SOHOA_FUZZ" not in os.environ
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ROUTES = 19
"""So many there are at least: a description that lost some would pass unseen."""


class Fuzzed:
    """The application, a browser that is logged in, and keys of items that are there."""

    def __init__(self, folder: Path) -> None:
        documents = [report(folder / f"{shade}.png", shade) for shade in (250, 240)]
        write_dataset([*documents, *DOCUMENTS], folder / "out", FIELDS)
        self.root = folder / "out"
        self.sessions = Sessions("lan", "right")
        self.app = application(Desk(self.root, "doi_ngoai", Pictures()), self.sessions, frozenset({HOST}))
        self.schema = schemathesis.openapi.from_dict(self.app.openapi())
        self.schema.app = self.app
        self.doc_ids = [one.doc_id for one in documents]
        self.client: Any = None

    def log_in(self) -> None:
        """Log in where there is no session: one of the routes ends it."""
        if self.sessions.get(self.client.cookies.get(self.sessions.cookie)) is None:
            self.client.cookies.set(self.sessions.cookie, self.sessions.login("right", "test") or "")
        session = self.sessions.get(self.client.cookies.get(self.sessions.cookie))
        assert session is not None
        self.client.headers["X-Sohoa-Csrf"] = session.csrf

    def aimed(self, case: Any, doc_id: str, field: str) -> None:
        """Have ``case`` speak of an item that is there: what is random never meets one."""
        for part in (case.path_parameters, case.query, case.body):
            if isinstance(part, dict):
                for name, held in (("doc_id", doc_id), ("field", field)):
                    if name in part:
                        part[name] = held
        if isinstance(case.body, dict) and "seen" in case.body:
            entries = Trail(self.root).of(doc_id, field)
            case.body["seen"] = entries[-1].hash if entries else ""


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzzed]:
    made = Fuzzed(tmp_path_factory.mktemp("fuzzed"))
    with asgi.get_client(made.app) as client:
        made.client = client
        yield made


@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "misfit"]
)
def test_no_request_makes_the_server_fail_or_answer_what_its_description_does_not_say(
    fuzzed: Fuzzed, mode: GenerationMode
) -> None:
    fields = ("doc.subject", "outbound.people", "report.year", "trade.turnover")
    aims = st.none() | st.tuples(st.sampled_from(fuzzed.doc_ids), st.sampled_from(fields))
    operations = [found.ok() for found in fuzzed.schema.get_all_operations()]
    assert len(operations) >= ROUTES
    answered: set[int] = set()
    for operation in operations:

        @settings(
            max_examples=ASKED, deadline=None, database=None, derandomize=REPRODUCIBLE,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode), aim=aims)
        def ask(case: Any, aim: tuple[str, str] | None) -> None:
            if aim:
                fuzzed.aimed(case, *aim)
            fuzzed.log_in()
            answer = case.call_and_validate(
                base_url=f"http://{HOST}", session=fuzzed.client, checks=CHECKS,
                headers={"X-Sohoa-Csrf": fuzzed.client.headers["X-Sohoa-Csrf"]},
            )  # fmt: skip
            answered.add(answer.status_code)

        try:
            ask()
        except Exception as error:
            if (
                "Unsatisfiable" not in type(error).__name__
            ):  # a route without parameters has no misfit request
                raise
    wanted = {200, 404, 422} if mode is GenerationMode.POSITIVE else {422}
    assert wanted <= answered, "the requests never came further than the door"
    Trail(fuzzed.root).close()  # the chain is whole, whatever was sent
