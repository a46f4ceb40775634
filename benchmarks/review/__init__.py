"""What the review page costs a person: measured in a real browser over a workspace of ten thousand documents."""
