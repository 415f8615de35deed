"""What the pages of an assessment show: the list, and one as a list of steps."""

import re
from collections.abc import Iterator, Mapping, Sequence

from app.access import Actor, Permission
from app.assessments.schemas.assessments import AssessmentList, Finding, StepOut
from app.assessments.schemas.options import OptionOut
from app.assessments.terms import AssessmentState, WithdrawalReason
from app.calculators.schemas.stated import RuleCited
from app.pages.commissioning.children_view import CHILDREN
from app.pages.commissioning.forms import DESK, PLACEMENTS, WRITTEN_DOWN
from app.pages.commissioning.funding_wording import PARTIES
from app.pages.commissioning.place_questions import FORMS
from app.pages.commissioning.placement_wording import LIGHTS, ROUTES, basis_words
from app.pages.commissioning.read import ASSESSMENTS, Whole
from app.pages.commissioning.site_checks_view import KINDS, SITE_CHECKS
from app.pages.commissioning.wording import ASSESSMENT_STATES, STANDINGS
from app.pages.filters import count, format_day, format_moment
from app.pages.form_page_view import FormAsked, Part
from app.pages.form_parts import select_field
from app.pages.part_view import Narrowed, PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question
from app.pages.typed_facts import show_pounds
from app.pages.view_models import ActionLink, PossibleAct
from app.rules.suitability.findings import Kind as FindingKind
from app.rules.suitability.steps import Step

BACK = ActionLink("Assessments", ASSESSMENTS)
DONE: Mapping[str, str] = {
    "begun": "The assessment has begun. Go on with its steps, in any order.",
    "said": "What you said is on record. What was said before stays beside it.",
    "option": "The setting is on record, and was looked at.",
    "withdrawn": "The assessment is withdrawn. It stays readable.",
    "decided": "It is decided, and frozen with everything that was shown.",
}
TITLES: Mapping[Step, str] = {
    Step.NEED: "Why the child needs it",
    Step.ALTERNATIVES: "What was tried and considered",
    Step.VOICES: "The child's and the parent's view",
    Step.TOLD: "Who was told",
    Step.SHORTLIST: "Which settings were looked at",
    Step.REGISTRATION: "Whether the setting would have to register as a school",
    Step.ASSURANCE: "What is known of the setting",
    Step.VISIT: "A visit of ours",
    Step.MATCH: "How needs are met, and what is taught",
    Step.RISK: "Risks",
    Step.PLAN: "The plan, and the way back",
    Step.MONEY: "Money",
    Step.DECISION: "The decision",
}
WITHDRAWALS: Mapping[str, str] = {
    WithdrawalReason.NOT_NEEDED: "No place is needed any more",
    WithdrawalReason.OTHER_PLACE_FOUND: "Another place was found",
    WithdrawalReason.PARENT_REFUSED: "The parent does not want it",
    WithdrawalReason.CHILD_LEFT: "The child has left",
    WithdrawalReason.RECORDED_BY_MISTAKE: "It was begun by mistake",
}
ERASED_WITH_CHILD = "The child's record was erased"
_CHECKS = re.compile("|".join(rf"\b{code}\b" for code in KINDS if "-" in code))
_DONE_TAG = TagView("Done", "green")
_MISSING, _BLOCKING = TagView("Something is missing", "yellow"), TagView("Stands against it", "red")


def assessments_part(actor: Actor, found: AssessmentList, state: str, *, further: bool) -> PartPage:
    """Return the list of assessments, the newest first."""
    rows = tuple(
        Row(
            one.reference,
            (
                ROUTES[one.route],
                f"To start on {format_day(one.starts_on)}",
                *((one.commissioner,) if one.commissioner != actor.organisation_name else ()),
            ),
            (ActionLink("Open", f"{ASSESSMENTS}/{one.id}"),),
            ASSESSMENT_STATES[one.state],
        )
        for one in found.items
    )
    offered = [("", "All"), *((one.value, ASSESSMENT_STATES[one].label) for one in AssessmentState)]
    links: tuple[ActionLink, ...] = ()
    if Permission.PLACEMENTS_RECORD in actor.permissions:
        links = (ActionLink("Begin one from a child's record", CHILDREN),)
    return PartPage(
        heading="Assessments",
        caption=actor.organisation_name or actor.name,
        back=DESK,
        sections=(Section("Assessments", rows, when_empty="There is none.", links=links),),
        paragraphs=("By your own references. That you looked is written down.",),
        next_url=found.links.next,
        first_url=ASSESSMENTS if further else None,
        narrowed=(Narrowed("Where it stands", select_field("state", offered, state)),),
    )


def overview_part(whole: Whole) -> PartPage:
    """Return an assessment as a list of steps: done, missing or blocking, and what is next."""
    told = whole.told
    done = sum(one.done for one in told.steps)
    paragraphs = [WRITTEN_DOWN, f"{done} of {count(len(told.steps), 'step')} done."]
    if whole.is_open and told.next is not None:
        paragraphs.append(f"Next: {TITLES[told.next]}.")
    if told.eased is not None:
        paragraphs.append(f"{told.eased.because} {authority(told.eased.rule)}")
    return PartPage(
        heading=whole.name,
        caption=f"Assessment {told.reference}",
        back=BACK,
        sections=(
            Section("The place", tuple(_place(whole))),
            Section("Steps", tuple(_step_row(whole, one) for one in told.steps)),
            _settings(whole),
            *_warnings(whole),
            Section("What you can do", acts=tuple(_acts(whole))),
        ),
        paragraphs=tuple(paragraphs),
        tag=ASSESSMENT_STATES[told.state],
        listed_as=f"Assessment {told.reference}",
    )


def authority(rule: RuleCited) -> str:
    """Return on what authority something rests, in brackets."""
    return f"({basis_words(rule.basis, rule.citation.source)}, {rule.citation.provision})"


def finding_line(found: Finding) -> str:
    """Return something that is missing, or stands against it, with its authority."""
    return f"{in_words(found.because)} {authority(found.rule)}"


def in_words(because: str) -> str:
    """Return a sentence of the rules with kinds of checks as people call them."""
    return _CHECKS.sub(lambda named: KINDS[named[0]][0].lower(), because)


def said_sections(
    steps: Sequence[tuple[Step, Mapping[str, object] | None, str]],
) -> Iterator[Section]:
    """Return what was said in each step, question by question.

    Args:
        steps: each with what was said in it, and by whom and when.
    """
    for step, said, by in steps:
        rows = FORMS[step].rows(said) if said is not None else ()
        if rows:
            yield Section(TITLES[step], rows, words=(by,) if by else ())


def said_of(whole: Whole) -> list[tuple[Step, Mapping[str, object] | None, str]]:
    """Return what was said in each step of an assessment, and by whom and when."""
    return [
        (
            one.step,
            one.said.model_dump(mode="json") if one.said is not None else None,
            f"Said by {one.said_by}, {format_moment(one.said_at)}" if one.said_at else "",
        )
        for one in whole.told.steps
    ]


def everything_part(whole: Whole) -> PartPage:
    """Return the page of everything that was said."""
    sections = tuple(said_sections(said_of(whole)))
    return PartPage(
        heading="Everything that was said",
        caption=f"{whole.name}, {whole.told.reference}",
        back=whole.back,
        listed_as=f"Everything that was said: {whole.told.reference}",
        sections=sections or (Section("Nothing yet", when_empty="Nothing was said yet."),),
        paragraphs=(WRITTEN_DOWN,),
    )


def withdraw_form(whole: Whole) -> FormAsked:
    """Return the form on which an assessment is withdrawn."""
    question = Question(
        "reason",
        "Why is it not gone on with?",
        "Say why",
        Kind.ONE,
        offered=tuple(WITHDRAWALS.items()),
        needed=True,
    )
    return FormAsked(
        heading="Withdraw the assessment",
        button="Withdraw it",
        back=whole.back,
        parts=(Part((question,)),),
        paragraphs=(
            "It stays readable. Nothing more can be said in it, and no place rests on it.",
        ),
        version=whole.told.version,
    )


def _place(whole: Whole) -> Iterator[Row]:
    told, chosen = whole.told, whole.chosen
    open_child = (ActionLink("Open the child's record", f"{CHILDREN}/{told.child}"),)
    yield Row("Child", (whole.name,), open_child if whole.child else ())
    yield Row("Route", (ROUTES[told.route],))
    days = f"{format_day(told.starts_on)} to {format_day(told.ends_on)}"
    yield Row("Days", (days if told.ends_on else f"From {format_day(told.starts_on)}",))
    if chosen is not None:
        yield Row("Setting", (f"{chosen.provider_name}, site {chosen.site}",))
    pays = told.who_pays
    estimate = pays.estimate_pence
    yield Row(
        "Pays first",
        (
            PARTIES[pays.first_payer],
            f"{pays.because} {authority(pays.rule)}",
            pays.budget,
            *((f"{show_pounds(estimate)} in all, travel and meals apart",) if estimate else ()),
        ),
    )
    yield Row("Asked for by", (f"{told.requested_by}, {told.commissioner}",))
    if told.withdrawn_reason is not None:
        why = WITHDRAWALS.get(told.withdrawn_reason, ERASED_WITH_CHILD)
        yield Row("Withdrawn", (f"{format_day(told.withdrawn_at)}: {why}",))


def _step_row(whole: Whole, one: StepOut) -> Row:
    lines = tuple(finding_line(found) for found in one.found)
    number = one.code.removeprefix("W")
    return Row(
        f"{number}. {TITLES[one.step]}",
        lines or ((one.asks,) if not one.done else ()),
        tuple(_step_links(whole, one)),
        tag_of(whole, one),
    )


def tag_of(whole: Whole, one: StepOut) -> TagView:
    """Return where a step stands, on a tag."""
    if one.step is Step.DECISION:
        return ASSESSMENT_STATES[whole.told.state] if one.done else TagView("Not yet", "grey")
    if any(found.kind is FindingKind.BLOCKING for found in one.found):
        return _BLOCKING
    return _MISSING if one.found else _DONE_TAG


def _step_links(whole: Whole, one: StepOut) -> Iterator[ActionLink]:
    if one.step is Step.DECISION:
        if one.done:
            yield ActionLink("Read the decision", f"{whole.address}/decision")
        elif not whole.why_not_decide():
            yield ActionLink("Decide", f"{whole.address}/decide")
        return
    if one.step is Step.SHORTLIST:
        yield ActionLink("Side by side", f"{whole.address}/options")
    if whole.why_not_say():
        return
    if one.step in FORMS:
        text = "Change" if one.said is not None else "Answer"
        yield ActionLink(text, f"{whole.address}/steps/{one.step}")
    elif whole.chosen is not None:
        of = f"provider={whole.chosen.provider}"
        yield ActionLink("Our checks", f"{SITE_CHECKS}?{of}")
        yield ActionLink("Record a check", f"{SITE_CHECKS}/add?{of}&site={whole.chosen.site}")


def _settings(whole: Whole) -> Section:
    rows = tuple(
        Row(
            f"{one.provider_name}, site {one.site}",
            tuple(_in_short(one)),
            tag=STANDINGS[one.standing],
        )
        for one in whole.told.options
    )
    return Section(
        "Settings that were looked at",
        rows,
        when_empty="None yet.",
        links=(ActionLink("Look at them side by side", f"{whole.address}/options"),),
    )


def _in_short(one: OptionOut) -> Iterator[str]:
    if one.registration_test is not None:
        yield f"The limit: {LIGHTS[one.registration_test.light].label}"
    if one.reasons:
        yield one.reasons


def _warnings(whole: Whole) -> Iterator[Section]:
    rows = tuple(
        Row(
            "In force" if one.in_force else "Not in force yet",
            (f"{one.reason.because} {authority(one.reason.rule)}",),
        )
        for one in whole.told.warnings
    )
    if rows:
        yield Section("What rules to come would mean", rows, words=("None of it blocks.",))


def _acts(whole: Whole) -> Iterator[PossibleAct]:
    says, decides = whole.why_not_say(), whole.why_not_decide()
    yield PossibleAct("Read everything that was said", f"{whole.address}/everything")
    yield _act("Add a setting from the register", f"{whole.address}/options/find", says)
    yield _act("Ask what a week would mean for a setting", f"{whole.address}/what-if", says)
    if whole.told.state is AssessmentState.OPEN:
        yield _act("Decide", f"{whole.address}/decide", decides)
        yield _act("Withdraw the assessment", f"{whole.address}/withdraw", says)
    if whole.told.state in {AssessmentState.APPROVED, AssessmentState.REFUSED}:
        yield PossibleAct("Read the decision", f"{whole.address}/decision")
    if whole.told.state is AssessmentState.APPROVED and not _places_not(whole):
        add = f"{PLACEMENTS}/add?assessment={whole.told.id}"
        yield PossibleAct("Record the place that rests on it", add)


def _places_not(whole: Whole) -> bool:
    return not whole.own or Permission.PLACEMENTS_RECORD not in whole.actor.permissions


def _act(text: str, href: str, why_not: str) -> PossibleAct:
    return PossibleAct(text, None if why_not else href, why_not)
