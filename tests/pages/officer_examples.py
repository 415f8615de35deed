"""The pages of officers with what they may be given, plain and hostile."""

import uuid
from datetime import UTC, datetime
from types import SimpleNamespace

from app.access import Actor, DbRole, Permission
from app.pages import merges_view as merges
from app.pages.own_form import Ask, Kind, OwnForm, OwnFormView, build_own_form
from app.pages.redactions_view import (
    RedactionsView,
    RedactionView,
    Standing,
    build_redaction,
    build_redactions,
)
from app.pages.view_models import ActionLink, Fact, Frame, Visitor
from app.providers.terms import MergeState
from tests.pages.answers import HOSTILE

AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
FRAME = Frame(demonstration=True, visitor=Visitor(HOSTILE, HOSTILE, "records", officer=True))
OFFICER = Actor(
    HOSTILE, DbRole.APP, id=uuid.UUID(int=1), permissions=frozenset({Permission.DECISIONS_CONFIRM})
)


def own_form_view() -> OwnFormView:
    """Return a form of every kind of field, full of hostile words."""
    offered = [("a", HOSTILE, HOSTILE), ("b", "Another", None)]
    asks = tuple(
        Ask(kind, kind.value, HOSTILE, HOSTILE, HOSTILE, offered, (HOSTILE,)) for kind in Kind
    )
    back = ActionLink(HOSTILE, "/redactions")
    told = (Fact(HOSTILE, (HOSTILE, HOSTILE)),)
    form = OwnForm(HOSTILE, back, HOSTILE, asks, (HOSTILE,), told, HOSTILE, 1)
    return build_own_form(FRAME, form)


def _redaction() -> SimpleNamespace:
    return SimpleNamespace(
        id=uuid.UUID(int=2),
        number=HOSTILE,
        pointer=f"/{HOSTILE}",
        grounds="other",
        reason=HOSTILE,
        entries=[1, 2],
        state="proposed",
        proposed_by=uuid.UUID(int=3),
        proposed_at=AT,
        settled_at=None,
    )


def redactions_view() -> RedactionsView:
    """Return the page that lists a redaction full of hostile words."""
    here = "/redactions?state=all"
    return build_redactions(FRAME, [_redaction()], here, here, waiting_alone=False)


def redaction_view() -> RedactionView:
    """Return the page of a redaction full of hostile words."""
    standing = Standing(department=True, judges=True)
    return build_redaction(FRAME, OFFICER, _redaction(), HOSTILE, standing, "proposed")


def _merge() -> SimpleNamespace:
    merge = SimpleNamespace(
        state="merged",
        reason=HOSTILE,
        proposed_by=uuid.UUID(int=3),
        proposed_at=AT,
        settled_at=AT,
        undo_reason=HOSTILE,
        undo_proposed_at=AT,
        undo_settled_at=AT,
    )
    named = ("kept_number", "kept_name", "absorbed_number", "absorbed_name", "settled_by")
    by = ("proposed_by", "undo_proposed_by", "undo_settled_by")
    return SimpleNamespace(
        Merge=merge, id=uuid.UUID(int=2), **dict.fromkeys((*named, *by), HOSTILE)
    )


def merges_view() -> merges.MergesView:
    """Return the page that lists a merge full of hostile words."""
    here = "/merges?state=merged"
    return merges.build_merges(FRAME, MergeState.MERGED, [_merge()], here, here)


def merge_view() -> merges.MergeView:
    """Return the page of a merge full of hostile words."""
    standing = merges.Standing(judges=True, stake=False)
    return merges.build_merge(FRAME, OFFICER, _merge(), standing, "merge")
