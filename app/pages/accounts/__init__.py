"""The pages on which people sign in, and keep themselves, their machines and their organisation."""
