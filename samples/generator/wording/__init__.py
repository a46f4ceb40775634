"""The language of the pools, how numbers and dates are printed, and how people spell."""
