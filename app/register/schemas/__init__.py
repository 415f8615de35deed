"""What is said over HTTP about the register, by subject."""
