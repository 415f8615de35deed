"""A provider's way onto the register, told by HTTP: `make tour`; a heavy test runs the same."""
