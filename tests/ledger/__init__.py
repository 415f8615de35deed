"""The log, against a real PostgreSQL."""
