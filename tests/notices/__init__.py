"""Notices of placements: who is told, of what, by when, and that it was sent."""
