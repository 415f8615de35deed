"""What is asked and told of attendance."""
