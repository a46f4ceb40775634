"""A finished dataset handed on: to spreadsheets, archives, viewers of text on scans, and tools that label."""
