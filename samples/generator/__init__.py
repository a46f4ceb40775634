"""Endless invented reports with exact truth: facts, then words, then a page, then a scan."""
