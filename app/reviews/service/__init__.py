"""Reviewing placements, and asking for it."""
