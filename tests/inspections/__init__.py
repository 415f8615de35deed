"""Tests of quality assurance: the rules as tables of situations, then who does what."""
