"""What people do with site checks and assessments."""
