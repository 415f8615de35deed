"""What is asked and told of site checks and assessments."""
