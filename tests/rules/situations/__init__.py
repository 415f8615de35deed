"""Situations in tables that a lawyer can read, and the tests that hold the rules to them."""
