"""The HTTP side of organisations, one file a subject."""
