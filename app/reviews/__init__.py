"""Reviews of placements that run: at least half-termly, and when something changes there."""
