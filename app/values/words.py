"""Names as words: one normaliser for the index, for what people type, and for telling likenesses.

Accents, case and punctuation go; an apostrophe joins (`Noah's` is `noahs`), `&` is `and`.
"""

import re
import unicodedata

_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h"}
)
_APOSTROPHES = re.compile(r"['’‘`´ʼ＇]")  # noqa: RUF001 - as typed on phones
_WORD = re.compile(r"[a-z0-9]+")

STOP_WORDS = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the", "to"})
"""Words too common to search by, unless nothing else was typed."""


def plain(text: str) -> str:
    """Return the text in lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    without = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return without.translate(_UNDECOMPOSED)


def words(text: str) -> list[str]:
    """Return the words of a text, in order; only `a` to `z` and digits are left in each."""
    # Before anything else: an acute accent by itself would come apart into a space and a mark.
    joined = plain(_APOSTROPHES.sub("", text))
    return _WORD.findall(joined.replace("&", " and "))


def sort_key(name: str) -> str:
    """Return what a name is ordered by: its words, one space between."""
    return " ".join(words(name))


def search_words(text: str) -> list[str]:
    """Return the distinct words to search by; stop words count only when there is nothing else."""
    typed = list(dict.fromkeys(words(text)))
    return [word for word in typed if word not in STOP_WORDS] or typed
