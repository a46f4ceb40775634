"""What was read from a page, kept under a key made of everything that shaped it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pipeline.batch.coding import Damage, decoder, encode
from pipeline.batch.entries import Entries
from pipeline.batch.store import store_at
from pipeline.document import Page

FORMAT = 7
"""Raise when the meaning of an entry changes; it is part of every key."""

_PAGE = decoder(Page)


def page_key(parts: Mapping[str, str | int]) -> str:
    """Return the key of a page: the SHA-256 (hex) over all that shaped it.

    ``parts`` names each influence: the file's SHA-256, the page number, dpi, versions of the stages, of the reader
    and of its weights. One left out would give wrong text for ever.
    """
    text = json.dumps({"format": FORMAT, **parts}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class PageCache:
    """Pages by key, in a folder or at a URL; a page that is kept survives a power cut."""

    def __init__(self, place: Path | str) -> None:
        self.entries = Entries(store_at(place), ".page")

    def __contains__(self, key: str) -> bool:
        """Return whether an entry lies there; only :meth:`get` knows whether it is sound."""
        return key in self.entries

    def get(self, key: str) -> Page | None:
        """Return the page kept under ``key``, or None when there is none or it is damaged."""
        content = self.entries.get(key)
        try:
            page: Page | None = _PAGE.decode(content) if content is not None else None
        except Damage:
            return None
        return page

    def put(self, key: str, doc_id: str, page: Page) -> None:
        """Keep ``page`` of the document ``doc_id`` under ``key``."""
        self.entries.put(key, doc_id, encode(page), lasting=True)

    def drop(self, key: str) -> None:
        """Forget the entry ``key``, if there is one."""
        self.entries.drop(key)
