"""What is asked and told of notices."""
