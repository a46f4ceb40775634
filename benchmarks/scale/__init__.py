"""How a run scales, and what ten million pages would take."""
