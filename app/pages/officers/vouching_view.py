"""What the pages on which officers say what they found of a record are given, and tell of it."""

from collections.abc import Mapping

from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.officers.answered_records import RECORDS
from app.pages.questions import Kind, Question, yes_or_no
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

_FINDING = (
    Question(
        "held",
        "What did you find?",
        "Choose what you found",
        Kind.ONE,
        offered=(("yes", "It is right"), ("no", "It is wrong")),
        needed=True,
        reads=yes_or_no,
    ),
    Question(
        "how",
        "How did you make sure?",
        "Choose how",
        Kind.ONE,
        offered=tuple(HOW.items()),
        needed=True,
    ),
    Question(
        "verified_on",
        "When did you make sure?",
        "Enter a day like 27 3 2026 that is not to come",
        Kind.DAY,
        "For example 27 3 2026. Leave it empty if it was today.",
    ),
    Question("note", "What you saw", "Say it in 2,000 characters at most", Kind.PROSE, NOTE),
)


def verify_form(held: Held, part: str, back: ActionLink) -> FormAsked:
    """Return the form on which an officer says what they found of a part of a record."""
    return FormAsked(
        heading=f"Verify: {part}",
        back=back,
        button="Keep this",
        parts=(Part(_FINDING),),
        facts=(Fact("Provider", (f"{held.name} ({held.number})",)),),
    )


def look_up_form(held: Held, number: str, scheme: str) -> FormAsked:
    """Return the form on which an officer has a number looked up where it was given out."""
    return FormAsked(
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
