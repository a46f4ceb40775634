"""Full-text search over the sections of a dataset."""

from .find import Hit, Hits, Search, open_search

__all__ = ["Hit", "Hits", "Search", "open_search"]
