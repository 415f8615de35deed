"""The same people as for placements, and a child of whom nobody knows where it went."""

from tests.placements.conftest import People, Setting, people, setting

__all__ = ["People", "Setting", "people", "setting"]
