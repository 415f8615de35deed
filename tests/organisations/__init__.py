"""Organisations, people, machines, and how they sign in."""
