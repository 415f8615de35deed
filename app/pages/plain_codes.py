"""Sentences that the API writes with codes in them, as people say them."""

import re
from collections.abc import Mapping

from app.pages.evidence_wording import ANSWERS
from app.pages.filters import format_day
from app.pages.standards_wording import EVIDENCE_KINDS

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_CODE = re.compile(r"\b[a-z]+(?:-[a-z]+)+\b")
_WORDS: Mapping[str, str] = {str(code): words for code, words in EVIDENCE_KINDS.items()} | {
    str(code): words.lower() for code, words in ANSWERS.items()
}


def plain(text: str) -> str:
    """Say days, kinds of evidence and answers as people do."""
    text = _DAY.sub(lambda found: format_day(found[0]), text)
    return _CODE.sub(lambda found: _WORDS.get(found[0], found[0]), text)
