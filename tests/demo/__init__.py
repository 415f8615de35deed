"""The demonstration: its plan is tested without a database, its writing on one."""
