"""Providers over HTTP: one file for each subject."""
