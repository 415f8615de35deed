"""What the pages ask on which officers look at what follows a publication."""

from collections.abc import Sequence
from typing import Any

from app.inspections.schemas.following import ActionOut, AppealOut, RevisitOut
from app.pages.filters import format_day
from app.pages.form_page_view import Check, FormAsked, Part
from app.pages.officers.quality import wording
from app.pages.officers.quality.hearing_view import about, findings_of
from app.pages.officers.quality.judgements import carried_of, parts_of, still_typed, typed_of
from app.pages.officers.quality.read import Read
from app.pages.questions import Kind, Offered, Question, yes_or_no
from app.pages.view_models import ActionLink, Fact


def verify_form(read: Read, action: ActionOut) -> FormAsked:
    """Return the form on which an inspector says whether an action was done."""
    key = (action.site, action.criterion)
    its = [one for one in read.sheet.items if (one.site, one.criterion) == key]
    questions = (
        Question(
            "verified",
            "Was it done?",
            "Choose whether it was done",
            Kind.ONE,
            offered=(("yes", "Yes, it was done"), ("no", "No, something is missing")),
            needed=True,
            reads=yes_or_no,
        ),
        Question(
            "reason",
            "What is missing?",
            "Say what is missing",
            Kind.PROSE,
            "Told to the provider. Needed where something is missing.",
        ),
    )
    further = None
    if action.document is not None:
        file = f"/v1/provider-records/{read.told.provider}/documents/{action.document}/file"
        further = ActionLink("Open the evidence that was sent", file)
    return FormAsked(
        heading="Look at the evidence for an action",
        button="Say so",
        back=read.back,
        parts=(Part(questions),),
        facts=(
            *about(read),
            *findings_of(its),
            Fact("What the provider does", (action.action, action.role)),
            Fact("By", (format_day(action.due_on),)),
            Fact("How far it is", (wording.ACTIONS[action.state],)),
        ),
        checks=(_MISSING,),
        version=read.told.version,
        further=further,
    )


def ask_peer_form(read: Read, appeal: AppealOut) -> FormAsked:
    """Return the form on which it is said who is asked to decide an appeal."""
    could = read.follow_up.could_decide
    offered = [(str(one.body), f"{one.name} ({one.people} uninvolved)") for one in could]
    body = Question(
        "body",
        "Who shall decide it?",
        "Choose who shall decide it",
        Kind.LIST,
        offered=offered,
        none="Our own uninvolved officers",
    )
    return FormAsked(
        heading="Say who is asked to decide the appeal",
        button="Note it",
        back=read.back,
        parts=(Part((body,)),),
        facts=(*about(read), *_appealed(appeal)),
        paragraphs=("It is decided by somebody who neither inspected nor checked.",),
        version=read.told.version,
    )


def decide_form(read: Read, appeal: AppealOut) -> FormAsked:
    """Return the form on which an appeal is decided, with what it is against."""
    keys = {(one.site, one.criterion) for one in appeal.judgements}
    its = [one for one in read.sheet.items if (one.site, one.criterion) in keys and one.found]
    decision = (
        Question(
            "decision",
            "What do you decide?",
            "Choose what you decide",
            Kind.ONE,
            offered=tuple(wording.APPEAL_DECISIONS.items()),
            needed=True,
        ),
        Question(
            "reason",
            "Why?",
            "Say why",
            Kind.PROSE,
            "It is public: nothing about a child.",
            needed=True,
        ),
    )
    return FormAsked(
        heading="Decide the appeal",
        button="Decide it",
        back=read.back,
        parts=(Part(decision), *parts_of(its, corrects=True)),
        facts=(*about(read), *_appealed(appeal), *findings_of(its)),
        paragraphs=(
            "Where you uphold it, say below what is right. It is published at once, corrected.",
            "Where you dismiss it, leave everything below as it is.",
        ),
        typed=typed_of(its, corrects=True),
        carried=carried_of(its, corrects=True),
        still_typed=lambda typed: still_typed(its, typed, corrects=True),
        version=read.told.version,
    )


def revisit_form(read: Read, revisit: RevisitOut, planned: Sequence[Offered]) -> FormAsked:
    """Return the form on which a wish to be visited again is answered."""
    questions = (
        Question(
            "inspection",
            "Which planned inspection is the visit?",
            "Choose an inspection",
            Kind.LIST,
            offered=planned,
            none="None",
        ),
        Question(
            "reason",
            "Or why is there none?",
            "Name the inspection, or say why there is none",
            Kind.PROSE,
            "Told to the provider.",
        ),
    )
    plan = f"/provider-records/{read.told.provider}/inspections/plan"
    return FormAsked(
        heading="Answer the wish to be visited again",
        button="Answer it",
        back=read.back,
        parts=(Part(questions),),
        facts=(
            *about(read),
            Fact("What was put right", (revisit.reason,)),
            Fact("Asked for on", (format_day(revisit.asked_at),)),
        ),
        version=read.told.version,
        further=ActionLink("Plan an inspection first", plan) if read.row.plans else None,
    )


def planned_words(one: Any) -> str:
    """Say which planned inspection it is."""
    return f"{one.reference}: {wording.kind_words(one.kind)}, {format_day(one.planned_on)}"


def _appealed(appeal: AppealOut) -> tuple[Fact, ...]:
    due = (Fact("To be decided by", (format_day(appeal.due_on),)),) if appeal.due_on else ()
    return (Fact("Why the provider appeals", (appeal.grounds,)), *due)


_MISSING = Check(
    "reason",
    "Say what is missing.",
    lambda answers: answers["verified"] is False and not answers["reason"],
)
