"""The same people as for placements."""

from tests.placements.conftest import People, Setting, people, setting

__all__ = ["People", "Setting", "people", "setting"]
