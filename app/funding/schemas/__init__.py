"""What is asked and told of funding."""
