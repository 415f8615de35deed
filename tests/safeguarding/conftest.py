"""A setting where children are placed, and everybody who answers for them."""

from tests.placements.conftest import people, setting

__all__ = ("people", "setting")
