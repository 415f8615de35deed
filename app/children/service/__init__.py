"""What people do with children's records."""
