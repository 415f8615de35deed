"""What is asked and told of quality assurance."""
