"""What people do with providers, by subject."""
