"""UK postcodes: `CV1 2WT` is one, `CV1` its outward code (postcode district), `CV` its area.

The shapes are those of Royal Mail's Postcode Address File. Whether a postcode exists is not
decided here: a well-formed one may be new, withdrawn or never used.
"""

import re

_OUTCODE = (
    r"(?:[A-PR-UWYZ](?:"
    r"[0-9]{1,2}"
    r"|[0-9][A-HJKPSTUW]"
    r"|[A-HK-Y][0-9]{1,2}"
    r"|[A-HK-Y][0-9][ABEHMNPRVWXY]"
    r")|GIR)"
)
_INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
_CANONICAL = re.compile(rf"{_OUTCODE} {_INWARD}")
_SQUEEZED = re.compile(rf"({_OUTCODE})({_INWARD})")
_OUTWARD = re.compile(_OUTCODE)
_AREA = re.compile(r"[A-PR-UWYZ][A-HK-Y]?")
_SECTOR = re.compile(rf"({_OUTCODE})\s+[0-9]")
_LEADING_LETTERS = re.compile(r"[A-Z]+")
_LOOK_ALIKES = str.maketrans("OIL", "011")
_INWARD_LENGTH = 3
_LONGEST_OUTCODE = 4
_LONGEST_SHOWN = 20


def normalise_postcode(text: str) -> str:
    """Return a full postcode in its one canonical form: upper case, one space.

    Raises:
        ValueError: it is not shaped like a full UK postcode; the message says how to mend it.
    """
    if _CANONICAL.fullmatch(text):
        return text
    match = _SQUEEZED.fullmatch(_squeeze(text))
    if match:
        return f"{match[1]} {match[2]}"
    message = f"{_shown(text)} is not a full UK postcode. {_advice(text)}"
    raise ValueError(message)


def normalise_outcode(text: str, *, allow_area: bool = False) -> str:
    """Return an outward code (`CV1`), or a bare area (`CV`) where that is asked for, in upper case.

    Args:
        text: what someone wrote, in any case and spacing.
        allow_area: whether the letters alone will do.

    Raises:
        ValueError: it is neither; a postcode sector (`CV1 2`) is refused because, without its
            space, it would be another district.
    """
    sector = _sector(text)
    squeezed = _squeeze(text)
    if not sector and _OUTWARD.fullmatch(squeezed):
        return squeezed
    if allow_area and _AREA.fullmatch(squeezed):
        return squeezed
    advice = f"It looks like CV1, SW1A or M1{', or only the letters, as CV' * allow_area}."
    if sector:
        advice = f"It is part of a postcode: write {sector}, or the whole postcode."
    message = f"{_shown(text)} is not the first half of a UK postcode. {advice}"
    raise ValueError(message)


def normalise_any(text: str) -> str:
    """Return whichever it is, postcode, outward code or area, in canonical form.

    The three never overlap: without spaces a postcode has 5 to 7 characters, an outward code at
    most 4, and an area no digit.

    Raises:
        ValueError: it is none of them.
    """
    if not _sector(text) and len(_squeeze(text)) <= _LONGEST_OUTCODE:
        try:
            return normalise_outcode(text, allow_area=True)
        except ValueError:
            message = (
                f"{_shown(text)} is not a UK postcode. "
                "Write a whole one, as CV1 2WT, or its beginning, as CV1 or CV."
            )
            raise ValueError(message) from None
    return normalise_postcode(text)


def outward(postcode: str) -> str:
    """Return the outward code of a canonical postcode: `CV1` of `CV1 2WT`."""
    return postcode.split(" ", 1)[0]


def area(postcode: str) -> str:
    """Return the postcode area of a canonical postcode or outward code: `CV` of `CV1 2WT`."""
    match = _LEADING_LETTERS.match(postcode)
    return match[0] if match else ""


def _squeeze(text: str) -> str:
    """Drop every kind of space; leave anything outside ASCII as it is, to be refused."""
    squeezed = "".join(text.split())
    return squeezed.upper() if squeezed.isascii() else squeezed


def _shown(text: str) -> str:
    return f"“{text}”" if len(text) <= _LONGEST_SHOWN else f"“{text[:_LONGEST_SHOWN]}…”"


def _sector(text: str) -> str | None:
    """Return the outward code of a postcode sector: `CV1` of `CV1 2`."""
    match = _SECTOR.fullmatch(text.strip().upper())
    return match[1] if match else None


def _advice(text: str) -> str:
    sector = _sector(text)
    if sector:
        return f"It is part of one: write all of it, or {sector} where a district will do."
    squeezed = _squeeze(text)
    back = squeezed[-_INWARD_LENGTH:]
    mended = squeezed[:-_INWARD_LENGTH] + back[:1].translate(_LOOK_ALIKES) + back[1:]
    match = _SQUEEZED.fullmatch(mended)
    if match:
        return f"Its last three characters begin with a number: is it {match[1]} {match[2]}?"
    if _OUTWARD.fullmatch(squeezed):
        return f"It is the first half only; a full one looks like {squeezed} 2WT."
    return "A full one looks like CV1 2WT: letters and a number, a space, a number and two letters."
