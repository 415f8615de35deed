"""Codes of a home school's attendance register: which one is right for a session, and why."""
