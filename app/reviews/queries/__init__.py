"""Statements on reviews."""
