"""Tests of whole imports, against a real database."""
