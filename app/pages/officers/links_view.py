"""What the pages are given on which officers say which provider goes on from which."""

from app.pages.form_page_view import FormAsked, Part
from app.pages.officers.answered_records import RECORDS
from app.pages.officers.vouching_view import NOTE
from app.pages.questions import Kind, Question
from app.pages.view_models import ActionLink, Fact
from app.providers.schemas.record import OtherRecordOut
from app.providers.service.records import Held

_LINK = (
    Question(
        "number",
        "Number of the provider that was before",
        "Enter the number of another provider that you can see",
        hint="For example AP000001Z.",
        needed=True,
    ),
    Question(
        "since",
        "Since when this one goes on from it",
        "Enter a day like 27 3 2026",
        Kind.DAY,
        "For example 27 3 2026. Leave it empty if you do not know.",
    ),
    Question("reason", "How you know", "Say how you know", Kind.PROSE, NOTE, needed=True),
)


def link_form(held: Held) -> FormAsked:
    """Return the form on which an officer says which provider another goes on from."""
    return FormAsked(
        heading=f"Say which provider {held.name} goes on from",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="Link the two",
        parts=(Part(_LINK),),
        facts=(Fact("Provider", (f"{held.name} ({held.number})",)),),
        paragraphs=(
            "Everybody sees the link on the pages of both once they are public.",
            "To say that another goes on from this one, open the record of the other.",
        ),
    )


def unlink_form(held: Held, other: OtherRecordOut) -> FormAsked:
    """Return the form on which an officer says that a link was a mistake."""
    return FormAsked(
        heading=f"{held.name} does not go on from {other.name}",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="End the link",
        facts=(
            Fact("Provider", (f"{held.name} ({held.number})",)),
            Fact("Linked with", (f"{other.name} ({other.number})",)),
        ),
        paragraphs=("It stays on record as a link that was a mistake.",),
    )
