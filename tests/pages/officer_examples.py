"""The pages of officers with what they may be given, plain and hostile."""

import uuid
from datetime import UTC, date, datetime
from types import SimpleNamespace

from app.access import Actor, DbRole, Permission
from app.errors import AppError
from app.pages.officers import applications_view as applications
from app.pages.officers import assessing_view as listings
from app.pages.officers import many_view as many
from app.pages.officers import merges_view as merges
from app.pages.officers.redactions_view import (
    Known,
    RedactionsView,
    RedactionView,
    Standing,
    build_redaction,
    build_redactions,
)
from app.pages.view_models import ActionLink, Frame, PossibleAct, Visitor
from app.providers.readiness import Item, Stage
from app.providers.service.transitions import Outcome
from app.providers.terms import Ground, MergeState
from tests.pages.answers import HOSTILE

AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
FRAME = Frame(
    demonstration=True, visitor=Visitor(HOSTILE, HOSTILE, "records", officer=True, places=True)
)
OFFICER = Actor(
    HOSTILE, DbRole.APP, id=uuid.UUID(int=1), permissions=frozenset({Permission.DECISIONS_CONFIRM})
)


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
    known = Known(HOSTILE, HOSTILE)
    return build_redaction(FRAME, OFFICER, _redaction(), known, standing, "proposed")


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


def listing_row() -> SimpleNamespace:
    """Return a listing full of hostile words."""
    names = ("provider_number", "provider_name", "site_name", "site_reference")
    return SimpleNamespace(
        **dict.fromkeys(names, HOSTILE),
        id=uuid.UUID(int=4),
        owner_id=None,
        site_kind=HOSTILE,
        la_code="331",
        basis="application",
        state="listed",
        state_since=date(2026, 9, 1),
        next_state="removed",
        next_on=date(2099, 9, 1),
        listed_on=date(2026, 9, 1),
        submitted_at=AT,
        waiting_since=AT,
        age_from=11,
        age_to=16,
        key_stages=[3],
        needs=[HOSTILE],
        programmes=[HOSTILE],
        seen_on=date(2026, 9, 1),
        seen_how="visit",
        review_due_on=date(2027, 9, 1),
    )


def queue_view() -> applications.QueueView:
    """Return a part of the queue full of hostile words."""
    here, many = "/applications?queue=new", (ActionLink(HOSTILE, "/applications/transition"),)
    return applications.build_queue(FRAME, "new", [listing_row()], many, (here, here))


def listing_view(*, assessing: bool) -> listings.ListingView:
    """Return the page of an application, or of a listing, full of hostile words."""
    by = {"actor_name": HOSTILE, "second_actor_name": HOSTILE, "recorded_at": AT}
    why = {"reason": HOSTILE, "public_reason": None, "effective_on": date(2026, 9, 1)}
    proposal = SimpleNamespace(
        **why,
        to_state="listed",
        scope={"key_stages": [], "seen_on": "2026-09-01", "seen_how": "visit"},
        proposed_by_name=HOSTILE,
        proposed_at=AT,
    )
    asked = {"question": HOSTILE, "asked_by_name": HOSTILE, "asked_at": AT}
    answered = {"answer": HOSTILE, "answered_by_name": HOSTILE, "answered_at": AT}
    other = SimpleNamespace(name=HOSTILE, number=HOSTILE, left_as="removed", left_on=AT.date())
    noted = SimpleNamespace(
        id=uuid.UUID(int=5), judgement="unrelated", judged_reason=HOSTILE, score=1
    )
    shared = {Ground.NAME: [HOSTILE], Ground.PHONE: []}
    told = listings.Told(
        moves=[SimpleNamespace(**by, **why, to_state="listed")],
        proposal=proposal,
        acts=(PossibleAct(HOSTILE, None, HOSTILE), PossibleAct(HOSTILE, "/listings/1/propose")),
        needs=[Item(HOSTILE, False, Stage.DECISION, HOSTILE, HOSTILE)],
        questions=[SimpleNamespace(**asked, **answered)],
        matches=[SimpleNamespace(noted=noted, other=other, sentences=shared)],
    )
    return listings.build_listing(FRAME, listing_row(), told, "asked", assessing=assessing)


def outcomes_view() -> many.OutcomesView:
    """Return the page that says what became of many, full of hostile words."""
    outcomes = [Outcome("a"), Outcome("b", refused=AppError(HOSTILE))]
    return many.build_outcomes(FRAME, outcomes, {"b": HOSTILE}, "proposed")
