"""The value grammar: numbers, dates, negation, comparisons and lists as they are printed."""
