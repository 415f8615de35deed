"""Every SQL statement of quality assurance."""
