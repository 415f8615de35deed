"""Every statement of imports: one file for each kind, and one for the record of runs."""
