"""The desk: one workspace under review, its tables, its queue, its trail and its pictures, and what can be done there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np

from pipeline.errors import InputError
from pipeline.extraction.profile import FieldSpec, load_profile
from pipeline.review.audit import Draw
from pipeline.review.control import Control, Kind
from pipeline.review.decisions import WORDS, Decision, Key, deciding_word, decision_of, place_of
from pipeline.review.line import Line
from pipeline.review.pictures import Pictures
from pipeline.review.queue import Queue
from pipeline.review.second_entry import SHARE
from pipeline.review.tables import Row, Tables, identity
from pipeline.review.trail import Conflict, Entry, Trail
from pipeline.review.values import Value, value_from_json, value_of_rows

LONGEST_PAUSE = 600.0
"""Seconds beyond which a person was not looking at the field any more."""


class UnknownItemError(Exception):
    """There is no such document or field, or it is not to be shown."""


class NotAskedError(Exception):
    """A word that is not this person's to give; ``code`` names the message that says why in their language."""

    def __init__(self, code: str) -> None:
        """Take the code of the message."""
        super().__init__(code)
        self.code = code


class Desk:
    """A workspace as reviewers see it. Thread-safe; follows runs into the folder and other people's decisions."""

    def __init__(self, root: Path, profile: str, pictures: Pictures, share: float = SHARE) -> None:
        """Open the workspace ``root``; ``share`` of what is settled is entered a second time.

        Raises UsageError when it holds no tables, TrailError when its trail is broken.
        """
        self.root = root
        self.specs = {spec.name: spec for spec in load_profile(profile).fields}
        self._pictures = pictures
        self._share = share
        self._mutex = RLock()
        self.trail = Trail(root)
        self.decisions: dict[Key, Decision] = {}
        self._open()

    def _open(self) -> None:
        self.tables = Tables(self.root / "dataset")
        self.queue = Queue(self.tables, self.specs)
        self._audited: tuple[int, dict[Key, Value]] = (-1, {})
        self.control = Control(self._share, self._values_now)
        self._replayed = 0

    def follow(self) -> None:
        """Take in what a run or another reviewer did since; nearly free when nothing happened."""
        with self._mutex:
            if identity(self.root / "dataset") != self.tables.identity:
                self._open()
            self.trail.refresh()
            if len(self.trail.entries) != self._replayed:
                self._replay()

    def _replay(self) -> None:
        fresh = self.trail.entries[self._replayed :]
        if not self._replayed:
            self.control.begin(fresh)
            self.decisions.clear()
        for key in {entry.key for entry in fresh}:
            item = self.queue.item(*key)
            self.control.note(
                key, self.trail.of(*key), shown=item is not None and bool(self.queue.shown[item])
            )
            word = deciding_word(self.control.words.get(key, ()))
            if item is not None:
                self.queue.settled[item] = word is not None
            if word is not None:
                self.decisions[key] = decision_of(word)
            else:
                self.decisions.pop(key, None)
        self._replayed += len(fresh)

    def _values_now(self, draw: Draw) -> Mapping[Key, Value]:
        """Return what the tables say of a sample's fields; looked up once as long as both are the same."""
        if self._audited[0] != draw.number:
            self._audited = draw.number, self.machine_values(item.key for item in draw.items)
        return self._audited[1]

    def machine_values(self, keys: Iterable[Key]) -> dict[Key, Value]:
        """Return what the tables say of fields, whatever people decided since; nothing of those not to be shown."""
        numbered = [(item, key) for key in keys if (item := self.queue.item(*key)) is not None]
        return {
            key: value_of_rows(self._rows_of(item), is_list=self.spec(key[1]).is_list)
            for item, key in sorted(numbered)
            if self.queue.shown[item]
        }

    def line(self, who: str, kind: Kind, *, done: bool = False) -> Line:
        """Return the items of a kind of quality control in their order; open are those asked of ``who``, or ``done``."""
        held = [
            (item, wanted)
            for key, wanted in self.control.line(who, kind, done=done)
            if (item := self.queue.item(*key)) is not None
        ]
        items, wanted = zip(*held, strict=True) if held else ((), ())
        return Line(np.array(items, np.int64), np.array(wanted, bool))

    def open_to(self, who: str) -> dict[Kind, int]:
        """Return how many fields wait for a person, by what there is to do with them."""
        kinds: tuple[Kind, ...] = ("second", "adjudicate", "audit")
        found: dict[Kind, int] = {
            kind: sum(wanted for _, wanted in self.control.line(who, kind, done=False)) for kind in kinds
        }
        return {"review": int((self.queue.flagged & ~self.queue.settled).sum()), **found}

    def document(self, doc_id: str) -> Row:
        """Return the row of a document. Raises UnknownItemError, also for one that is withheld."""
        rows = self.tables.documents.rows(doc_id)
        if not rows or rows[0]["status"] not in {"ok", "partial"}:
            raise UnknownItemError
        return rows[0]

    def spec(self, field: str) -> FieldSpec:
        """Return what the profile says of a field; one that it does not know is a text."""
        return self.specs.get(field) or FieldSpec(name=field, group="", type="text", label_vi=field)

    def rows(self, doc_id: str, field: str) -> list[Row]:
        """Return the machine's rows of a field. Raises UnknownItemError."""
        self.document(doc_id)
        item = self.queue.item(doc_id, field)
        if item is None:
            raise UnknownItemError
        return self._rows_of(item)

    def _rows_of(self, item: int) -> list[Row]:
        return self.tables.fields.slice(int(self.queue.starts[item]), int(self.queue.stops[item]))

    def value(self, doc_id: str, field: str) -> Value:
        """Return what stands in the field now: a person's word, else the machine's."""
        decision = self.decisions.get((doc_id, field))
        return (
            decision.value
            if decision
            else value_of_rows(self.rows(doc_id, field), is_list=self.spec(field).is_list)
        )

    def decide(
        self,
        who: str,
        doc_id: str,
        field: str,
        *,
        seen: str,
        action: str,
        new: Mapping[str, Any] | None = None,
        evidence: Mapping[str, Any] | None = None,
        comment: str = "",
        seconds: float = 0.0,
    ) -> Entry:
        """Write what a person says of a field to the trail.

        Raises UnknownItemError, ValueError, NotAskedError for a word that is not this person's to give, and Conflict as
        the trail does.
        """
        with self._mutex:
            self.follow()
            key = doc_id, field
            page, _, _ = place_of(evidence or {})
            if page is not None and page > self.document(doc_id)["pages"]:
                raise ValueError("there is no such page")
            now = self.value(doc_id, field)
            if self.trail.seen(doc_id, field) != seen:
                raise Conflict
            self._allow(who, key, action)
            value = value_from_json(new or {}).to_json() if action in WORDS else {}
            entry = Entry(
                who, doc_id, field, action, {} if action == "second" else now.to_json(), value,
                self._evidence(key, action, value, evidence or {}), comment,
                round(min(max(seconds, 0.0), LONGEST_PAUSE), 1),
            )  # fmt: skip
            added = self.trail.append(entry, seen=seen)
            self.follow()
            return added

    def _allow(self, who: str, key: Key, action: str) -> None:
        """Raise unless this word is ``who``'s to give."""
        words = self.control.words.get(key, ())
        decision = self.decisions.get(key)
        match action:
            case "undo":
                if not words:
                    raise ValueError("there is nothing to take back")
                if words[-1].action != "set" and words[-1].who != who:
                    raise NotAskedError("not_yours")
            case "set" if decision is not None and decision.action == "adjudicate":
                raise NotAskedError("adjudicated")
            case "second" if not self.control.may_enter(who, key):
                raise NotAskedError("not_second")
            case "adjudicate" if not self.control.may_rule(who, key):
                raise NotAskedError("not_adjudicator")
            case "audit" if self.control.outcomes.get(key) != "open":
                raise NotAskedError("not_drawn")

    def _evidence(
        self, key: Key, action: str, value: Mapping[str, Any], evidence: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return the place of a word; who picks one of two words takes its place as well."""
        pair = self.control.pairs.get(key)
        if action == "adjudicate" and not evidence and pair is not None:
            evidence = next((word.evidence for word in pair.sides if word.new == value), evidence)
        return dict(evidence)

    def picture(self, doc_id: str, number: int) -> bytes:
        """Return a page as JPEG, upright. Raises UnknownItemError, InputError."""
        document = self.document(doc_id)
        page = next((row for row in self.tables.pages.rows(doc_id) if row["page"] == number), None)
        if page is None:
            raise UnknownItemError
        if page["status"] == "failed":
            raise InputError("the page could not be read", number)
        sources = (document["source"], *document["copies"])
        return self._pictures.page(doc_id, sources, number, page["rotation_deg"] or 0)
