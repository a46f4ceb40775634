"""What a run has before it, and why: pages to read for the first time or again, documents to understand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.batch.cache import PageCache
from pipeline.batch.keys import Keys
from pipeline.batch.ledger import Entry, Ledger
from pipeline.batch.overview import Overview
from pipeline.batch.results import ResultCache

_LATEST = 1000
"""So many of the last pages and documents tell what one costs."""


@dataclass
class Plan:
    """Counts of work; the reasons of what was done before and must be done again are in plain words.

    The pages of ``unopened`` documents are not known yet. ``seconds`` estimates the time on the wall with the given
    workers, None when nothing like it was ever done here.
    """

    documents: int = 0
    done: int = 0
    unopened: int = 0
    new_pages: int = 0
    kept_pages: int = 0
    pages_again: Counter[str] = field(default_factory=Counter)
    retried: int = 0
    set_aside: int = 0
    understand: Counter[str] = field(default_factory=Counter)
    gone: int = 0
    seconds: float | None = None

    @property
    def pages_to_read(self) -> int:
        """All pages that will be read, as far as they are known."""
        return self.new_pages + self.retried + self.pages_again.total()


def plan_of(ledger: Ledger, keys: Keys, pages: PageCache, results: ResultCache, workers: int) -> Plan:
    """Return what a run whose inputs are in ``ledger`` has before it; nothing is changed."""
    plan = Plan(documents=ledger.count("1")[0], gone=Overview(ledger).gone(limit=0)[0])
    open_now = 0
    for entry in ledger.pending(keys.making):
        if not entry.pages:
            known = ledger.row(keys.opening_of(entry.doc_id))
            if known is not None and known.state == "set aside":
                plan.set_aside += 1
                open_now += 1
            else:
                plan.unopened += 1
            continue
        _add(plan, entry, ledger, keys, pages, results)
        open_now += 1
    plan.done = plan.documents - plan.unopened - open_now
    plan.seconds = _estimate(plan, ledger, keys, workers)
    return plan


def _add(
    plan: Plan, entry: Entry, ledger: Ledger, keys: Keys, pages: PageCache, results: ResultCache
) -> None:
    reading, understanding, status = Overview(ledger).made_by(entry.doc_id)
    if status == "restricted" and reading == keys.secrecy:
        return
    wanted = [keys.page(entry.doc_id, number) for number in range(1, entry.pages + 1)]
    missing, failures = 0, {}
    why = difference(ledger.explained(reading), keys.reading_parts) if reading != keys.reading else ""
    for number, key in enumerate(wanted, start=1):
        if key in pages:
            plan.kept_pages += 1
            continue
        row = ledger.row(key)
        if row is not None and row.state == "set aside":
            failures[number] = row.error
            plan.set_aside += 1
            continue
        missing += 1
        if row is not None and row.state == "failed":
            plan.retried += 1
        elif row is not None and row.state == "read":
            plan.pages_again["what was kept of it is gone"] += 1
        elif why:
            plan.pages_again[why] += 1
        else:
            plan.new_pages += 1
    if missing:
        plan.understand["newly read"] += 1
    elif keys.result(wanted, failures, entry.note) not in results:
        changed = difference(ledger.explained(understanding), keys.understood_by) if understanding else ""
        plan.understand[changed or "not understood yet"] += 1


def reread(ledger: Ledger, keys: Keys, pages: PageCache) -> Counter[str]:
    """Return how many pages must be read again that were read in another way, by what changed."""
    found: Counter[str] = Counter()
    for reading in Overview(ledger).other_readings(keys.making, keys.reading):
        why = difference(ledger.explained(reading), keys.reading_parts)
        if not why:
            continue
        for entry in Overview(ledger).read_by(reading, keys.making):
            numbers = range(1, entry.pages + 1)
            found[why] += sum(keys.page(entry.doc_id, number) not in pages for number in numbers)
    return +found


def difference(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Return in plain words what differs between two sets of influences; "" when one of them is not known."""
    if not before or not now:
        return ""
    told: dict[str, None] = {}
    for name in sorted(before.keys() | now.keys()):
        old, new = before.get(name, ""), now.get(name, "")
        if old == new:
            continue
        if name.startswith("source of "):
            told[f"{name.removeprefix('source of ').removesuffix('.py')} changed"] = None
        elif name.startswith("weights of ") or name.endswith(".traineddata"):
            told[f"{name} changed"] = None
        elif name == "profile":
            told[f"profile changed ({old} → {new})"] = None
        else:
            told[f"{name} {old or 'none'} → {new or 'none'}"] = None
    return ", ".join(told)


def _estimate(plan: Plan, ledger: Ledger, keys: Keys, workers: int) -> float | None:
    page, document, pages_each = Overview(ledger).costs(keys.reading, _LATEST)
    unknown = plan.unopened * (pages_each or 1)
    to_read = plan.pages_to_read + unknown
    if to_read and page is None:
        return None
    seconds = to_read * (page or 0.0) + (plan.understand.total() + plan.unopened) * (document or 0.0)
    return seconds / workers
