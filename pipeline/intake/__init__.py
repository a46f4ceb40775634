"""Intake: from a file, whatever it is, to the images of its pages, or to a plain error."""
