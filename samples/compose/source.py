"""The source of one sample: a YAML head (look, marks, derived truth) and a marked-up XHTML body.

The body carries its own truth, so that a value and the words it stands in cannot drift apart:

``<v f="outbound.delegations" n="3" u="đoàn">03 (ba) đoàn</v>``
    the words from which the field is read. ``n`` number, ``t`` text, ``d`` date, ``s`` another state, ``u`` unit,
    ``c`` currency, ``q`` qualifier, ``ok`` and ``oks`` acceptable values and states, separated by ``|``. Without
    ``n``, ``t``, ``d`` or ``s`` the words themselves are the value. A list field has one ``v`` an item.
``<ref ty="Nghị quyết" no="31" sy="NQ-CP" on="2014-05-13" by="Chính phủ">…</ref>``
    a legal document cited.
``<h1>``, ``<h2>``, ``<h3>``, or ``<b class="h2">`` run into its paragraph
    a heading and its level.
``<hand>23</hand>``, ``<sign/>``
    written by hand; where signature and seal go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import yaml

REPORTS = Path(__file__).parent / "reports"
_HEADING = re.compile(r"h[1-4]")
_NUMBER = re.compile(r"(Phần thứ \w+(?=\s)|(?:[IVX]+|[A-ZĐ]|\d+(?:\.\d+)*|[a-zđ])(?=[-.)/:]))[-.)/:]?\s+")


@dataclass(frozen=True)
class Source:
    """One sample: ``name``, the YAML ``head`` and the ``body``, every ``v`` of which has an id of its own."""

    name: str
    head: dict[str, Any]
    body: ET.Element

    @property
    def html(self) -> str:
        """The body for the typesetter."""
        written = ET.tostring(self.body, encoding="unicode", short_empty_elements=False)
        # HTML knows no end of these: it would take </br> for a second line break.
        return written.replace("</br>", "").replace("</hr>", "")

    @property
    def text(self) -> str:
        """All words of the body, white space squeezed; a block or line break counts as white space."""
        return words_of(self.body)


def words_of(element: ET.Element) -> str:
    """Return the words of ``element``, white space squeezed; a line break or a block parts words."""
    parts: list[str] = []

    def collect(node: ET.Element) -> None:
        block = node.tag in {"br", "p", "td", "th", "tr", "table", "div", "sign"} or _HEADING.fullmatch(
            node.tag
        )
        parts.append(" " if block else "")
        parts.append(node.text or "")
        for child in node:
            collect(child)
            parts.append(child.tail or "")
        parts.append(" " if block else "")

    collect(element)
    return " ".join("".join(parts).split())


def read(path: Path) -> Source:
    """Return the sample in ``path``; raises ValueError when the head is not closed by ``---``."""
    head, mark, body = path.read_text(encoding="utf-8").partition("\n---\n")
    if not mark:
        raise ValueError(f"{path}: no '---' line between head and body")
    root = ET.fromstring(f"<body>{body}</body>")
    for position, element in enumerate(root.iter("v")):
        element.set("id", f"v{position}")
    return Source(path.stem, yaml.safe_load(head), root)


def all_sources() -> list[Source]:
    """Return every sample, by name."""
    return [read(path) for path in sorted(REPORTS.glob("*.html"))]


def sections(source: Source) -> list[list[Any]]:
    """Return ``[printed number, heading, level]`` of every heading of ``source`` in reading order."""
    found: list[list[Any]] = []
    for element in source.body.iter():
        kind = element.tag if _HEADING.fullmatch(element.tag) else element.get("class", "")
        if not _HEADING.fullmatch(kind):
            continue
        words = words_of(element)
        numbered = _NUMBER.match(words)
        number = numbered.group(1) if numbered else ""
        heading = words[numbered.end() :] if numbered else words
        found.append([number, heading.rstrip(" .:;"), int(kind[1])])
    return found
