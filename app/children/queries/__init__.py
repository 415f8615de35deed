"""Statements on children, and on what links them."""
