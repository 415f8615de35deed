"""Guards: small checks that keep the design true, each proved to find what it is there to find."""
