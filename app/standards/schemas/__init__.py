"""What is asked and told about standards and policies over HTTP."""
