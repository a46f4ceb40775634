"""Gazetteers: countries, provinces and districts with the dates they were valid, names of organisations."""
