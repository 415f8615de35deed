"""The pages of those who watch over placements: local authorities, schools that look, the state."""
