"""Reports that were written one by one, not drawn by the generator, with their truth: see README.md."""
