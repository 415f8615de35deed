"""What the department does with standards and policies."""
