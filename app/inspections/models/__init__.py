"""Tables of quality assurance."""
