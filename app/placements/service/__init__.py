"""What people do with placements."""
