"""Ways in which a file gets damaged on its way, the same every time for a seed."""

import gzip
import random
from collections.abc import Callable

WAYS: tuple[Callable[[bytes, bytes, random.Random], bytes], ...] = (
    lambda before, _after, _chance: before,
    lambda before, after, chance: before + after[chance.randint(1, 9) :],
    lambda before, after, chance: before + chance.randbytes(1) + after[1:],
    lambda before, after, chance: before + chance.randbytes(3) + after,
    lambda before, after, _chance: before + after + after,
    lambda before, after, _chance: before + b'"' + after,
    lambda before, after, _chance: gzip.compress(before + after, mtime=0),
)
"""What may happen at some point of a file: cut, shortened, changed, filled, doubled …"""


def damaged(content: bytes, seed: int) -> bytes:
    """Return the content after one to three such accidents, as the seed has it."""
    chance = random.Random(seed)  # noqa: S311 - the same every time
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(content) or 1)
        content = chance.choice(WAYS)(content[:at], content[at:], chance)
    return content
