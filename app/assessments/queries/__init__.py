"""Statements on site checks and on assessments."""
