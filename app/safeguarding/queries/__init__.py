"""Statements of safeguarding."""
