"""Invented scans with exact truth, to try the product on."""
