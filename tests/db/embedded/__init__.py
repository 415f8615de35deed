"""The embedded server, with the real programs; pretended ones only where a fault is wanted."""
