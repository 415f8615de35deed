"""Pages on which officers plan, make, check and follow up inspections."""
