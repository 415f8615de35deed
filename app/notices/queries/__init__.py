"""Statements of notices."""
