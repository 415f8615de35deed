"""Tests of the law: situations, and the days on which it changes."""
