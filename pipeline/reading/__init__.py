"""Clean page to lines of words with boxes and confidences, and the marks that are no print."""
