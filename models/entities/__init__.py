"""The net that finds entities: what it learns from, how, and its weights."""
