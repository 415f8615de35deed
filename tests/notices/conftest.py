"""A setting where children are placed, and everybody who has to do with them."""

from tests.placements.conftest import people, setting

__all__ = ("people", "setting")
