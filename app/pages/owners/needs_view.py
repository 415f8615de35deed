"""What an application needs, done or not, in the words of whoever applies, with the way to it."""

from collections.abc import Sequence

from app.pages.filters import format_day
from app.pages.owners.held_records import Own
from app.pages.owners.listings_wording import NEEDS_OF_AN_APPLICATION, POLICY_ALONE
from app.pages.part_view import Row, Section, TagView
from app.pages.standards_wording import EVIDENCE_KINDS
from app.pages.view_models import ActionLink
from app.providers.readiness import Item, Stage, lacking_before
from app.standards.terms import EvidenceKind

_STAFF_CHECKS = EvidenceKind.STAFF_CHECKS_RECORD.value
_MISSING, _DONE = TagView("Missing", "red"), TagView("Done", "green")
_SEVERAL = "One document does for every criterion that names its kind."
_MISSED_LATER = "It does not stop the assessment. Whoever assesses the application sees it too."


def needs_sections(
    own: Own, items: Sequence[Item], site: str, application: str, *, draft: bool
) -> list[Section]:
    """Return what is missing, by what it blocks, and what is done.

    Args:
        own: the record.
        items: what the application needs.
        site: where the page of the place is.
        application: where its own page is.
        draft: whether it is still to be submitted.
    """
    pages = {"{site}": site, "{application}": application}
    first = (
        ("Missing before you can submit it", ())
        if draft
        else ("What a submission needs, and is missing now", (_MISSED_LATER,))
    )
    headings: dict[Stage, tuple[str, tuple[str, ...]]] = {
        Stage.SUBMISSION: first,
        Stage.DECISION: ("Missing before it can be decided", ()),
    }
    sections = []
    for stage, (heading, words) in headings.items():
        lacking = lacking_before(items, stage)
        if lacking:
            several = (_SEVERAL,) if any(one.lacking for one in lacking) else ()
            rows = tuple(_missing(own, one, pages) for one in lacking)
            sections.append(Section(heading, rows, (POLICY_ALONE, *words, *several)))
    done = tuple(_done(own, one) for one in items if one.done)
    return [*sections, Section("Done", done)] if done else sections


def said_of(item: Item) -> str:
    """Say in a line what is missing, and how to mend it."""
    words = NEEDS_OF_AN_APPLICATION[item.code]
    title = _title(item)
    told = " ".join(_evidence(item)) if item.lacking else words.missing
    return f"{title}: {told[:1].lower()}{told[1:]}"


def _title(item: Item) -> str:
    if item.lacking:
        return f"Criterion {item.lacking.criterion}"
    return NEEDS_OF_AN_APPLICATION[item.code].title


def _evidence(item: Item) -> tuple[str, ...]:
    if item.lacking is None:
        return ()
    kinds = [EVIDENCE_KINDS[kind] for kind in item.lacking.kinds]
    will_do = "Any one of these will do" if len(kinds) > 1 else "This will do"
    return (
        f"Nothing current is shown for it. {will_do}: {'; '.join(kinds)}.",
        f"What it asks: {item.lacking.requirement}",
    )


def _missing(own: Own, item: Item, pages: dict[str, str]) -> Row:
    words = NEEDS_OF_AN_APPLICATION[item.code]
    if item.lacking:
        return Row(_title(item), _evidence(item), tuple(_ways(own, item.lacking.kinds)), _MISSING)
    href = pages.get(words.page, f"{own.address}{words.page}")
    said = (words.missing, *_last_confirmed(own, item))
    return Row(words.title, said, (ActionLink(words.link, href),), _MISSING)


def _ways(own: Own, kinds: Sequence[str]) -> list[ActionLink]:
    ways = []
    if _STAFF_CHECKS in kinds:
        ways.append(ActionLink("Note checks on staff", f"{own.address}/staff"))
    if set(kinds) - {_STAFF_CHECKS}:
        sending = ActionLink("Send a document", f"{own.address}/documents/add")
        looking = ActionLink("See your documents", f"{own.address}/documents")
        ways.append(sending if own.keeps else looking)
    return ways


def _done(own: Own, item: Item) -> Row:
    words = NEEDS_OF_AN_APPLICATION[item.code]
    return Row(words.title, (words.done, *_last_confirmed(own, item)), tag=_DONE)


def _last_confirmed(own: Own, item: Item) -> tuple[str, ...]:
    on = own.told.confirmation.confirmed_on
    if item.code != "confirmation" or on is None:
        return ()
    return (f"You last confirmed it on {format_day(on)}.",)
