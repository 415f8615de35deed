"""Tables of site checks and of assessments."""
