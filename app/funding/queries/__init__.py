"""Statements on funding, for whoever may see it."""
