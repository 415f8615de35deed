"""What the pages on whom a provider shares its evidence with show and ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.owners.documents_view import HeldDocument
from app.pages.owners.held_records import Own
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.people_wording import KINDS
from app.pages.questions import Kind, Question
from app.pages.view_models import ActionLink, Frame
from app.providers.evidence import DocumentState

SHARES = "shares"
EVERYTHING = "everything"
_EVERYTHING = "Everything, also what you add later; the checks on staff and self-evaluations too"


@dataclass(frozen=True, slots=True)
class FoundView:
    """The page on which a school or council is looked for.

    Attributes:
        frame: what surrounds the page.
        title: in the browser's tab.
        back: where to go instead.
        action: where the search is sent.
        q: what was looked for.
        found: who was found: name, what they are, where to go on.
        note: what to say of the search.
    """

    frame: Frame
    title: str
    back: ActionLink
    action: str
    q: str
    found: tuple[tuple[str, str, str], ...]
    note: str | None


def shares_page(own: Own, shares: Sequence[Any], day: Any) -> PartPage:
    """Return the page of whom evidence is, or was, shared with.

    Args:
        own: the record.
        shares: the consents, newest first.
        day: today.
    """
    holds = [one for one in shares if one.revoked_at is None and one.until >= day]
    over = [one for one in shares if one not in holds]
    find = ActionLink("Share with a school or council", f"{own.address}/{SHARES}/find")
    sections = [
        Section(
            "Who sees your evidence",
            tuple(_row(own, one, ends=own.signs) for one in holds),
            when_empty="Nobody but your organisation and the councils that answer for you.",
            links=(find,) if own.signs else (),
        )
    ]
    if over:
        sections.append(Section("Over", tuple(_row(own, one, over=True) for one in over)))
    return PartPage(
        heading="Sharing your evidence",
        caption=own.held.name,
        back=own.back,
        sections=tuple(sections),
        paragraphs=(
            (
                "A school or council that wants to place a child with you asks for your documents. "
                "Share them here once, until a day you choose, instead of sending them."
            ),
        ),
    )


def build_found(
    frame: Frame, own: Own, q: str, rows: Sequence[Any], *, more: bool = False
) -> FoundView:
    """Return the page on which a school or council is looked for.

    Args:
        frame: what surrounds the page.
        own: the record.
        q: what was looked for.
        rows: who was found.
        more: whether there are more than are shown.
    """
    here = f"{own.address}/{SHARES}"
    note = None
    if q and not rows:
        note = "Nobody was found. Try fewer words, or the beginning of one."
    elif more:
        note = "There are more. Add another word of the name, or the town."
    return FoundView(
        frame=frame,
        title="Whom to share with",
        back=_back(own),
        action=f"{here}/find",
        q=q,
        found=tuple(
            (
                one.name,
                ", ".join(part for part in (KINDS[one.kind], one.town) if part),
                f"{here}/add?with={one.id}",
            )
            for one in rows
        ),
        note=note,
    )


def share_asked(own: Own, name: str, held: Sequence[HeldDocument]) -> FormAsked:
    """Return the form on which evidence is shared with somebody."""
    now = [one for one in held if one.state is not DocumentState.WITHDRAWN]
    what = Question(
        "document_id",
        "What they see",
        "Choose what they see",
        Kind.ONE,
        offered=(
            (EVERYTHING, _EVERYTHING),
            *((str(one.document.id), one.document.title) for one in now),
        ),
        needed=True,
    )
    until = Question(
        "until",
        "The last day they see it",
        "Enter a day with its month and year, like 27 3 2027",
        Kind.DAY,
        hint="Two years from today at most. It ends by itself.",
        needed=True,
    )
    return FormAsked(
        heading=f"Share with {name}",
        parts=(Part((what, until)),),
        button="Share",
        back=_back(own),
        paragraphs=(
            (
                "They see the documents as you keep them here, so always the newest. You can take "
                "this back at any time."
            ),
        ),
    )


def ending_share(own: Own, share: Any) -> FormAsked:
    """Return what is asked before sharing is ended."""
    return FormAsked(
        heading=f"Stop sharing with {share.organisation_name}",
        paragraphs=("From now on they see nothing by it. What they saved before stays theirs.",),
        button="Stop sharing",
        back=_back(own),
    )


def _row(own: Own, share: Any, *, ends: bool = False, over: bool = False) -> Row:
    what = share.document_title or "Everything"
    until = f"Until {format_day(share.until)}"
    if share.revoked_at is not None:
        until = f"Ended by you on {format_day(share.revoked_at)}"
    href = f"{own.address}/{SHARES}/{share.id}/end"
    links = (ActionLink("Stop sharing", href),) if ends else ()
    tag = TagView("Over", "grey") if over else None
    return Row(share.organisation_name, (what, until), links, tag)


def _back(own: Own) -> ActionLink:
    return ActionLink("Sharing your evidence", f"{own.address}/{SHARES}")
