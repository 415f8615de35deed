"""What the pages on which officers say what they found of a record are given, and tell of it."""

from collections.abc import Mapping

from app.pages.filters import format_day
from app.pages.officers.answered_records import RECORDS
from app.pages.officers.own_form import Ask, Kind, OwnForm, Typed, day_of, one_of
from app.pages.view_models import ActionLink, Fact
from app.providers.record_terms import VerifiedHow
from app.providers.schemas.vouching import Verified
from app.providers.service.records import Held

HOW: Mapping[str, str] = {
    VerifiedHow.SEEN: "I saw it",
    VerifiedHow.OFFICIAL_REGISTER: "In an official register",
    VerifiedHow.COMPANIES_HOUSE: "At Companies House",
    VerifiedHow.CHARITY_COMMISSION: "At the Charity Commission",
    VerifiedHow.TELEPHONE: "By telephone",
    VerifiedHow.OTHER: "In another way",
}
_FOUND_HOW: Mapping[str, str] = {
    VerifiedHow.SEEN: "seen",
    VerifiedHow.OFFICIAL_REGISTER: "in an official register",
    VerifiedHow.COMPANIES_HOUSE: "at Companies House",
    VerifiedHow.CHARITY_COMMISSION: "at the Charity Commission",
    VerifiedHow.TELEPHONE: "by telephone",
    VerifiedHow.OTHER: "in another way",
}
NOTE = "Kept on record, for authorities alone."


_DAY = Ask(
    Kind.LINE,
    "verified_on",
    "When did you make sure?",
    "Enter a day like 27 3 2026 that is not to come",
    "For example 27 3 2026. Leave it empty if it was today.",
)


def verify_form(held: Held, part: str, back: ActionLink) -> OwnForm:
    """Return the form on which an officer says what they found of a part of a record."""
    right = [("true", "It is right", None), ("false", "It is wrong", None)]
    how = [(code, words, None) for code, words in HOW.items()]
    return OwnForm(
        heading=f"Verify: {part}",
        back=back,
        button="Keep this",
        asks=(
            Ask(Kind.ONE, "held", "What did you find?", "Choose what you found", offered=right),
            Ask(Kind.ONE, "how", "How did you make sure?", "Choose how", offered=how),
            _DAY,
            Ask(Kind.LONG, "note", "What you saw", "Say it in 2,000 characters at most", NOTE),
        ),
        facts=(Fact("Provider", (f"{held.name} ({held.number})",)),),
    )


def read_finding(typed: Typed) -> dict[str, object]:
    """Return what a form says was found, by the members of `NewVerification`."""
    return {
        "held": {"true": True, "false": False}.get(one_of(typed, "held") or ""),
        "how": one_of(typed, "how"),
        "verified_on": day_of(typed, "verified_on"),
        "note": one_of(typed, "note"),
    }


def look_up_form(held: Held, number: str, scheme: str) -> OwnForm:
    """Return the form on which an officer has a number looked up where it was given out."""
    return OwnForm(
        heading=f"Look {number} up",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="Look it up",
        facts=(
            Fact("Provider", (f"{held.name} ({held.number})",)),
            Fact("Number", (f"{scheme} {number}",)),
        ),
        paragraphs=(
            "What is found there is kept as a verification in your name.",
            "It counts as right only if the number is current there, under a name known here.",
        ),
    )


def verified_words(one: Verified | None) -> str:
    """Say who last made sure of a part of a record, when and how."""
    if one is None:
        return "Nobody has made sure of it"
    by = f", by {one.person}" if one.person else ""
    found = "Found right" if one.held else "Found wrong"
    return f"{found} on {format_day(one.verified_on)}{by}: {_FOUND_HOW[one.how]}"
