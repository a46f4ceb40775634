"""Extraction: outline, zones and tables → field values, delegations, references, entities."""
