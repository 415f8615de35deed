"""The keyring: keys, what is sealed under them, and their copy in escrow."""
