"""A time of the log, as it is typed: a London day, or the number of an entry."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

LARGEST_ENTRY = 2**63 - 1

_NUMBER = re.compile(r"[0-9]{1,19}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_as_at(typed: Any) -> date | int:
    """Return the day or the number of an entry.

    Raises:
        ValueError: it is neither.
    """
    text = str(typed).strip()
    if _NUMBER.fullmatch(text) and 1 <= int(text) <= LARGEST_ENTRY:
        return int(text)
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass  # such as the 31st of June
    message = "It must be a day such as 2026-09-01, or the number of an entry such as 8426."
    raise ValueError(message)


AsAt = Annotated[
    date | int,
    BeforeValidator(read_as_at),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {"type": "integer", "minimum": 1, "maximum": LARGEST_ENTRY},
            ]
        }
    ),
]
