"""Tests of what services of organisations decide, against a real database."""
