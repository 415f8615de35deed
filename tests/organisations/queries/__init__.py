"""Tests of what statements on organisations do, against a real database."""
