"""What is said of providers and answered, by subject."""
