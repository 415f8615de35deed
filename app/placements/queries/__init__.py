"""Statements on placements and on cases about settings."""
