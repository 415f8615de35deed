"""What an application needs, done or not, in the words of whoever applies, with the way to it."""

from collections.abc import Sequence

from app.pages.held_records import Own
from app.pages.own_listings_wording import NEEDS_OF_AN_APPLICATION, POLICY_ALONE
from app.pages.part_view import Row, Section, TagView
from app.pages.standards_wording import EVIDENCE_KINDS
from app.pages.view_models import ActionLink
from app.providers.readiness import Item, Stage, lacking_before
from app.standards.terms import EvidenceKind

_STAFF_CHECKS = EvidenceKind.STAFF_CHECKS_RECORD.value
_MISSING, _DONE = TagView("Missing", "red"), TagView("Done", "green")
_HEADINGS = {
    Stage.SUBMISSION: "Missing before you can submit it",
    Stage.DECISION: "Missing before it can be decided",
}


def needs_sections(own: Own, items: Sequence[Item], site: str, application: str) -> list[Section]:
    """Return what is missing, by what it blocks, and what is done.

    Args:
        own: the record.
        items: what the application needs.
        site: where the page of the place is.
        application: where its own page is.
    """
    pages = {"{site}": site, "{application}": application}
    sections = [
        Section(
            heading,
            tuple(_missing(own, one, pages) for one in lacking),
            (POLICY_ALONE,),
        )
        for stage, heading in _HEADINGS.items()
        if (lacking := lacking_before(items, stage))
    ]
    done = tuple(_done(one) for one in items if one.done)
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
    any_of = f"any one of these will do: {'; '.join(kinds)}" if len(kinds) > 1 else kinds[0]
    return (item.lacking.requirement, f"Nothing current is shown for it. Send {any_of}.")


def _missing(own: Own, item: Item, pages: dict[str, str]) -> Row:
    words = NEEDS_OF_AN_APPLICATION[item.code]
    if item.lacking:
        return Row(_title(item), _evidence(item), tuple(_ways(own, item.lacking.kinds)), _MISSING)
    href = pages.get(words.page, f"{own.address}{words.page}")
    return Row(words.title, (words.missing,), (ActionLink(words.link, href),), _MISSING)


def _ways(own: Own, kinds: Sequence[str]) -> list[ActionLink]:
    ways = []
    if _STAFF_CHECKS in kinds:
        ways.append(ActionLink("Note checks on staff", f"{own.address}/staff"))
    if set(kinds) - {_STAFF_CHECKS}:
        sending = ActionLink("Send a document", f"{own.address}/documents/add")
        looking = ActionLink("See your documents", f"{own.address}/documents")
        ways.append(sending if own.keeps else looking)
    return ways


def _done(item: Item) -> Row:
    words = NEEDS_OF_AN_APPLICATION[item.code]
    return Row(words.title, (words.done,), tag=_DONE)
