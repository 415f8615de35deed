"""Kill, race and scale tests, run by `make test-heavy`."""
