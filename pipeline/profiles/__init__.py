"""Profiles: kinds of reports, as data."""
