"""When a setting must register as an independent school: the test in force and the one to come."""
