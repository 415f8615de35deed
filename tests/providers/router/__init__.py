"""Tests of the same name's folder."""
