"""How often a mark of secrecy is seen, and how often one is seen that is not there."""
