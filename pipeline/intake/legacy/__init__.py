"""Vietnamese encodings from before Unicode: their letters, their detection, their conversion."""
