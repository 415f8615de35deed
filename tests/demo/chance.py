"""Chance that can be repeated."""

from random import Random


def chance(seed: int) -> Random:
    """Return a source of chance that always begins alike."""
    return Random(seed)  # noqa: S311 - to be repeated, not to be unguessable
