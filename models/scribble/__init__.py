"""Recipe of the trees that tell print from scribbles."""
