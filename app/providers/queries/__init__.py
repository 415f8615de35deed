"""Statements on providers, by subject."""
