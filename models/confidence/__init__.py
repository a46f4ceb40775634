"""The recipe of the confidence: how often a row that looks like this one is right."""
