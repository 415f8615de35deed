"""A setting where children are expected, and everybody who reports or watches."""

from tests.placements.conftest import people, setting

__all__ = ("people", "setting")
