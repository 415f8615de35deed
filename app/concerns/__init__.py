"""Concerns about providers: raised by whoever notices something, looked into by who answers."""
