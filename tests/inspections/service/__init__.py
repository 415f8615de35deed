"""Tests of what is done in quality assurance."""
