"""Statements on attendance, for whoever may see it."""
