"""Statements on follow-ups, and on what is counted."""
