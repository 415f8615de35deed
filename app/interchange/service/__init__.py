"""Importing, one file for each kind of file: validate, report, then land whole or not at all."""
