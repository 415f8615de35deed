"""Safeguarding over HTTP."""
