"""Parts that the search page and the provider page share."""

from collections.abc import Mapping
from typing import Any

from app.pages import filters, wording
from app.pages.view_models import StatusView


def build_status(status: Mapping[str, Any]) -> StatusView:
    """Return a status with the words that say how far it may be relied on.

    Args:
        status: its `code` and the day it has held `since`, which may be unknown.
    """
    words = wording.status_words(status["code"])
    since = status.get("since")
    return StatusView(
        label=words.label,
        colour=words.colour,
        since=filters.format_day(since) if since else "",
        meaning=words.meaning,
        caution=words.caution,
    )


def build_record_note(register: Mapping[str, Any]) -> str:
    """Say which entry of the register published a record."""
    moment = filters.format_moment(register["recorded_at"])
    return f"Published by entry {register['entry']:,} of the register, recorded on {moment}."


def build_register_note(register: Mapping[str, Any]) -> str:
    """Say which state of the register a page shows, so that it can be quoted and checked."""
    if not register.get("recorded_at"):
        return "Nothing has been entered in the register."
    moment = filters.format_moment(register["recorded_at"])
    return f"The register as it stood at entry {register['entry']:,}, recorded on {moment}."
