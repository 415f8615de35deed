"""Placements: which child is where, from when until when, at what times, and who answers for it."""
