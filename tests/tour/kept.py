"""Whether a page that shows the tour still shows what it tells."""

import re

BEGINS = "$ make tour"
"""How a block of a page begins that shows what the tour tells."""

_MADE = (
    (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}", "…"),
    (r"\b(AP|QA)(\d{6}[0-9A-Z]|…)", r"\1…"),
    (r"\d{4}-\d\d-\d\d(T[\d:.]+Z)?|\d{1,2} [A-Z][a-z]+ \d{4}", "DAY"),
)
"""What is another each time it is told, and what stands for it."""


def untold(page: str, told: str) -> list[str]:
    """Return the lines of a page that the tour does not tell, or not after those before them.

    Identifiers, days and hashes are alike, and `…` stands for anything.

    Args:
        page: in Markdown.
        told: everything the tour told.
    """
    lines = [_alike(line) for line in told.splitlines()]
    missing, place = [], 0
    for shown in shown_lines(page):
        wanted = re.compile(".*".join(map(re.escape, _alike(shown).split("…"))))
        found = (n for n in range(place, len(lines)) if wanted.fullmatch(lines[n]))
        after = next(found, None)
        if after is None:
            missing.append(shown)
        else:
            place = after + 1
    return missing


def shown_lines(page: str) -> list[str]:
    """Return the lines that a page says the tour tells, but empty ones."""
    blocks = re.findall(r"^```\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    lines = [block.splitlines() for block in blocks if block.startswith(BEGINS)]
    return [line for first, *rest in lines for line in rest if line.strip()]


def _alike(line: str) -> str:
    for pattern, instead in _MADE:
        line = re.sub(pattern, instead, line)
    return line.rstrip()
