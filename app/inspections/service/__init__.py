"""What people do in quality assurance."""
