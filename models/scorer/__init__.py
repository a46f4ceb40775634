"""The recipe of the learned scorer: which topic a heading names, which field a figure in a sentence belongs to."""
