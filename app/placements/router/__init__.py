"""Placements over HTTP."""
