"""Small checked values of the field: no I/O, no framework."""
