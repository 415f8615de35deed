"""A setting on the register, a school with people who ask and who decide, and others."""

from tests.assessments.conftest import Browsers, World, members, world
from tests.funding.conftest import people, setting

__all__ = ["Browsers", "World", "members", "people", "setting", "world"]
