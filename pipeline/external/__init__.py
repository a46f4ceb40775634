"""External programs, one thin file each: Poppler, Tesseract."""
