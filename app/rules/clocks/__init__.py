"""By when something must be done, counted as each law counts: school days, working days, hours."""
