"""A setting on the register, a school with people who ask and who decide, and others."""

from tests.assessments.conftest import Browsers, World, members, world

__all__ = ["Browsers", "World", "members", "world"]
