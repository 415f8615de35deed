"""What the pages on concerns show and ask."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from app.concerns.schemas import ConcernList
from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.form_parts import select_field
from app.pages.officers.quality import wording
from app.pages.part_view import Narrowed, PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question, shown, whole_number
from app.pages.view_models import ActionLink, Fact

CONCERNS = "/concerns"
_BACK = ActionLink("Concerns", CONCERNS)
_STILL = (("", "Open or closed"), ("open", "Open"), ("closed", "Closed"))
_NEW = (
    Question(
        "provider",
        "Which provider?",
        "Enter the provider's number",
        hint="Its number, such as AP000017B.",
        needed=True,
        classes="govuk-input--width-10",
    ),
    Question(
        "site",
        "Which site?",
        "Enter the number of a site",
        hint="Its number there, such as 1. Leave it out for the provider as a whole.",
        reads=whole_number,
        classes="govuk-input--width-4",
        mode="numeric",
    ),
    Question(
        "kind",
        "What is it about?",
        "Choose what it is about",
        Kind.ONE,
        offered=tuple(wording.CONCERNS.items()),
        needed=True,
    ),
    Question(
        "severity",
        "How grave is it?",
        "Choose how grave it is",
        Kind.ONE,
        offered=tuple((code, words.label) for code, words in wording.SEVERITIES.items()),
        needed=True,
    ),
    Question(
        "what",
        "What was noticed?",
        "Say what was noticed",
        Kind.PROSE,
        "Name no child.",
        needed=True,
    ),
    Question("noticed_on", "On which day?", "Enter the day", Kind.DAY, needed=True),
)
_END = (
    Question(
        "closure",
        "What came of it?",
        "Choose what came of it",
        Kind.ONE,
        offered=tuple(wording.CONCERN_ENDS.items()),
        needed=True,
    ),
    Question("reason", "How is that known?", "Say how that is known", Kind.PROSE, needed=True),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """Which concerns are listed; what is empty does not narrow.

    Attributes:
        provider: about the one with this number.
        severity: as grave as this.
        still: `open` or `closed`.
    """

    provider: str
    severity: str
    still: str

    @property
    def narrowing(self) -> tuple[tuple[str, str], ...]:
        """What the address says of it."""
        said = (("provider", self.provider), ("severity", self.severity), ("still", self.still))
        return tuple((name, value) for name, value in said if value)


def concerns_part(asked: Shown, found: ConcernList, *, raises: bool, further: bool) -> PartPage:
    """Return the page that lists concerns, the newest first.

    Args:
        asked: by what the list is narrowed.
        found: the concerns.
        raises: whether whoever looks may raise one.
        further: whether it is another page than the first.
    """
    about = urlencode({"provider": asked.provider}) if asked.provider else ""
    add = ActionLink("Raise a concern", f"{CONCERNS}/add" + (f"?{about}" if about else ""))
    severities = [("", "Any"), *((code, one.label) for code, one in wording.SEVERITIES.items())]
    rows = tuple(
        Row(
            f"{one.provider_name} ({one.provider})",
            (
                wording.CONCERNS[one.kind],
                f"Noticed on {format_day(one.noticed_on)}, raised by {one.raised_by}",
                f"How grave: {wording.SEVERITIES[one.severity].label}",
            ),
            (ActionLink("Open it", f"{CONCERNS}/{one.id}"),),
            TagView("Closed", "grey") if one.closure else TagView("Open", "yellow"),
        )
        for one in found.items
    )
    return PartPage(
        heading="Concerns",
        caption=f"About {asked.provider}" if asked.provider else "About providers",
        back=ActionLink("Organisation", "/organisation"),
        paragraphs=(
            "A child in danger: call 999, and the local authority, first.",
            "Whoever owns a provider is not told of a concern about it here.",
        ),
        sections=(
            Section(
                "The newest first",
                rows,
                when_empty="There is none.",
                links=(add,) if raises else (),
            ),
        ),
        next_url=found.links.next,
        first_url=f"{CONCERNS}?{urlencode(asked.narrowing)}" if further else None,
        narrowed=(
            Narrowed("How grave", select_field("severity", severities, asked.severity)),
            Narrowed("Open or closed", select_field("still", _STILL, asked.still)),
        ),
        unseen=(("provider", asked.provider),) if asked.provider else (),
    )


def concern_part(row: Any, *, closes: bool) -> PartPage:
    """Return the page of one concern; `closes` says whether whoever looks may close it."""
    site = f"Site {row.site}" if row.site else "The provider as a whole"
    is_open = row.closed_at is None
    rows = [
        Row("About", (f"{row.provider_name} ({row.provider})", site)),
        Row("What it is about", (wording.CONCERNS[row.kind],)),
        Row("How grave", (), tag=wording.SEVERITIES[row.severity]),
        Row("What was noticed", (row.what, f"On {format_day(row.noticed_on)}")),
        Row("Raised by", (row.organisation_name, f"On {format_day(row.raised_at)}")),
    ]
    if not is_open:
        words = wording.CONCERN_ENDS[row.closure]
        rows.append(
            Row("What came of it", (words, row.closed_reason, f"On {format_day(row.closed_at)}"))
        )
    links = (ActionLink("Close it", f"{CONCERNS}/{row.id}/close"),) if closes and is_open else ()
    return PartPage(
        heading="Concern",
        caption=row.provider_name,
        back=_BACK,
        tag=TagView("Open", "yellow") if is_open else TagView("Closed", "grey"),
        sections=(Section("What is known", tuple(rows), links=links),),
    )


def raise_form(number: str) -> FormAsked:
    """Return the form on which a concern is raised, about the provider of this number if any."""
    return FormAsked(
        heading="Raise a concern",
        button="Raise it",
        back=_BACK,
        parts=(Part(_NEW),),
        paragraphs=(
            "Those who answer for the provider read it. The provider is not told of it here.",
        ),
        inset="A child in danger: call 999, and the local authority, first.",
        typed=shown(_NEW, {"provider": number}),
    )


def close_form(row: Any) -> FormAsked:
    """Return the form on which a concern is closed."""
    return FormAsked(
        heading="Close the concern",
        button="Close it",
        back=ActionLink("Concern", f"{CONCERNS}/{row.id}"),
        parts=(Part(_END),),
        facts=(
            Fact("Provider", (f"{row.provider_name} ({row.provider})",)),
            Fact("What was noticed", (row.what,)),
        ),
        warning="It cannot be opened again. What is new is raised anew.",
        version=row.version,
    )
