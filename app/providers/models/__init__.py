"""Tables of providers, by subject."""
