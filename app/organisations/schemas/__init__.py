"""What callers send and get about organisations, one file a subject."""
