"""How well entities are found, beside another recogniser."""
