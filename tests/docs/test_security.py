"""The list of attacks in docs/security.md and the tests that it names belong together."""

import ast
from pathlib import Path

import pytest
import regex

ROOT = Path(__file__).parents[2]
ROW = regex.compile(r"^\| (?P<attack>[^|]+) \| (?P<stops>[^|]+) \| `(?P<file>[^`:]+)::(?P<test>\w+)` \|$")
TABLE = [
    line for line in (ROOT / "docs" / "security.md").read_text("utf-8").splitlines() if line.startswith("|")
][2:]
MUST = (
    "a script in a scan's text",
    "path traversal",
    "a forged token",
    "a cross-site post",
    "a formula in a CSV cell",
)


def functions_in(file: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {
        node.name: node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


@pytest.mark.parametrize("line", TABLE)
def test_every_attack_has_its_named_test_which_can_fail(line: str) -> None:
    row = ROW.match(line)
    assert row, "a row is: attack, what stops it, `file::test`"
    test = functions_in(row["file"])[row["test"]]
    checks = [node for node in ast.walk(test) if isinstance(node, ast.Assert)]
    raises = [node for node in ast.walk(test) if isinstance(node, ast.Attribute) and node.attr == "raises"]
    called = [
        node.func.id
        for node in ast.walk(test)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    helped = [name for name in called if name.startswith(("assert_", "kill_", "expect", "wait_"))]
    assert checks or raises or helped, f"{row['test']} checks nothing"


def test_the_list_has_what_it_must_and_no_attack_twice() -> None:
    attacks = [row["attack"] for line in TABLE if (row := ROW.match(line))]
    assert set(MUST) <= set(attacks)
    assert len(attacks) == len(set(attacks)) == len(TABLE)


def test_every_test_of_the_door_stands_in_the_list() -> None:
    named = {
        row["test"]
        for line in TABLE
        if (row := ROW.match(line)) and row["file"] == "tests/review/test_guard.py"
    }
    assert named == set(functions_in("tests/review/test_guard.py"))
