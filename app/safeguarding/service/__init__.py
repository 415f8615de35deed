"""What is done about safeguarding."""
