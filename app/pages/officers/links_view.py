"""What the pages are given on which officers say which provider goes on from which."""

from app.pages.officers.answered_records import RECORDS
from app.pages.officers.own_form import Ask, Kind, OwnForm, Typed, day_of, one_of
from app.pages.officers.vouching_view import NOTE
from app.pages.view_models import ActionLink, Fact
from app.providers.schemas.record import OtherRecordOut
from app.providers.service.records import Held


def link_form(held: Held) -> OwnForm:
    """Return the form on which an officer says which provider another goes on from."""
    return OwnForm(
        heading=f"Say which provider {held.name} goes on from",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="Link the two",
        asks=(
            Ask(
                Kind.LINE,
                "number",
                "Number of the provider that was before",
                "Enter the number of another provider that you can see",
                "For example AP000001Z.",
            ),
            Ask(
                Kind.LINE,
                "since",
                "Since when this one goes on from it",
                "Enter a day like 27 3 2026",
                "For example 27 3 2026. Leave it empty if you do not know.",
            ),
            Ask(Kind.LONG, "reason", "How you know", "Say how you know", NOTE),
        ),
        facts=(Fact("Provider", (f"{held.name} ({held.number})",)),),
        paragraphs=(
            "Everybody sees the link on the pages of both once they are public.",
            "To say that another goes on from this one, open the record of the other.",
        ),
    )


def read_link(typed: Typed) -> dict[str, object]:
    """Return what a form says of a predecessor, by the members of `NewPredecessor`."""
    return {
        "number": one_of(typed, "number"),
        "since": day_of(typed, "since"),
        "reason": one_of(typed, "reason"),
    }


def unlink_form(held: Held, other: OtherRecordOut) -> OwnForm:
    """Return the form on which an officer says that a link was a mistake."""
    return OwnForm(
        heading=f"{held.name} does not go on from {other.name}",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="End the link",
        facts=(
            Fact("Provider", (f"{held.name} ({held.number})",)),
            Fact("Linked with", (f"{other.name} ({other.number})",)),
        ),
        paragraphs=("It stays on record as a link that was a mistake.",),
    )
