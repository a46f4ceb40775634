"""Review by people: the trail of what they decided, and the page on which they decide."""
