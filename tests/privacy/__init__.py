"""What is private stays private, tried out on the whole public face at once."""
