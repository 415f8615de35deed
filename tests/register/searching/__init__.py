"""The search's own parts."""
