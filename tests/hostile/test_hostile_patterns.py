"""Every regular expression that extraction and outline compile takes linear time on text made to make it backtrack."""

import ast
import importlib
import pkgutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
import regex

import pipeline.extraction
import pipeline.outline
from pipeline.extraction.values.comparison import find_comparisons, find_trend
from pipeline.extraction.values.dates import find_dates, find_periods
from pipeline.extraction.values.identifiers import naming_spans
from pipeline.extraction.values.lists import split_names
from pipeline.extraction.values.negation import find_denials
from pipeline.extraction.values.numbers import find_quantities

LENGTH = 3_000
QUICK = 0.02
"""CPU seconds over a text of LENGTH below which a pattern is let pass: a quadratic one takes more."""

LONGER = 4
LINEAR = 9.0
"""A text LONGER times as long takes a linear pattern as many times as long, a quadratic one sixteen times."""

PIECES = (
    *("1", "1 ", "1.", "1,", "1/", "1-", "123 ", "12/", "1% ", "- 1", "1.1.", "l1I|", "1a"),
    *("a", "a ", "A", "A ", "a.", "A.", "a-", "A-", "a/", "a, ", "A, ", "Á", "ng", "Xx ", "x,y; "),
    *(" ", "\n", ".", ". ", ", ", "…", "%", "(", "((", ")", "(a ", "- ", "-", "_"),
    *("một ", "hai mươi ", "nghìn ", "không ", "không có ", "khong co ", "chưa ", "chua ", "nao ", "so với ", "tăng "),
    *("ngày ", "ngày 1 ", "ngay 1/1/", "ngay 1-", "tu ngay 1/1 den ", "tháng ", "năm ", "năm 2019 ", "den "),
    *("đoàn ", "doan ", "và ", "va ", "của ", "gồm ", "gom ", "trong do ", "du an ", "hay ", "tu ", "Lào, "),
    *("206-QĐ/", "QĐ-", "so 1/", "Nghị quyết số ", "Điều 1 ", "khoản 1 ", "Ủy ban ", "UBND ", "I.", "II.1.", "IV"),
)  # fmt: skip


def text_of(piece: str, end: str, length: int = LENGTH) -> str:
    return (piece * length)[:length] + end


def modules() -> Iterator[ModuleType]:
    for package in (pipeline.extraction, pipeline.outline):
        yield package
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(info.name)


def patterns_in(value: object) -> Iterator[regex.Pattern[str]]:
    if isinstance(value, regex.Pattern):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from patterns_in(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from patterns_in(one)


def inline(module: ModuleType) -> Iterator[regex.Pattern[str]]:
    """Patterns that a call gives as a plain string: ``regex.split(r"[,;]", …)``."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "regex"
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        ):
            yield regex.compile(node.args[0].value)


def every_pattern() -> dict[str, regex.Pattern[str]]:
    # By what they say: the same pattern may be compiled twice, once its cache is full.
    found: dict[tuple[str, int], tuple[str, regex.Pattern[str]]] = {}
    for module in modules():
        for name, value in vars(module).items():
            for pattern in patterns_in(value):
                found.setdefault((pattern.pattern, pattern.flags), (f"{module.__name__}.{name}", pattern))
        for pattern in inline(module):
            label = f"{module.__name__}: {pattern.pattern}"
            found.setdefault((pattern.pattern, pattern.flags), (label, pattern))
    names: dict[str, regex.Pattern[str]] = {}
    for name, pattern in found.values():
        plain = "".join(c if c.isascii() and c.isprintable() else "?" for c in name)[:100]
        names[plain if plain not in names else f"{plain}[{len(names)}]"] = pattern
    return names


PATTERNS = every_pattern()


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) > 200


def seconds(pattern: regex.Pattern[str], text: str) -> float:
    """CPU seconds to find all there is; the limit stops what would take minutes, however busy the machine is."""
    began = time.process_time()
    try:
        for _ in pattern.finditer(text, timeout=20):
            pass
    except TimeoutError:
        return float("inf")
    return time.process_time() - began


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_linear_time(name: str) -> None:
    pattern = PATTERNS[name]
    cost = {(piece, end): seconds(pattern, text_of(piece, end)) for piece in PIECES for end in ("", "!")}
    for piece, end in sorted(cost, key=lambda text: cost[text], reverse=True)[:3]:
        if (short := cost[piece, end]) < QUICK:
            break
        long = seconds(pattern, text_of(piece, end, LENGTH * LONGER))
        assert long < LINEAR * max(short, seconds(pattern, text_of(piece, end))), f"on {piece!r} … {end!r}"


@pytest.mark.parametrize(
    "find",
    [find_quantities, find_comparisons, find_trend, find_dates, find_periods, find_denials, naming_spans, split_names],
)  # fmt: skip
@pytest.mark.parametrize(
    "piece",
    ["một ", "1", "1.234.567 ", "((((", "3 (ba ", "(a)(", "không có ", "tăng 1% ", "ngày 1/1/2019 ", "12/", "5 đoàn/",
     "25,4 tỷ "],
)  # fmt: skip
def test_a_hundred_thousand_characters_cost_little(find: Callable[[str], object], piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    began = time.process_time()
    find(text)
    assert time.process_time() - began < 6, "about 1 s where it was measured"
