"""What the pages of decisions show and ask: everything before deciding, and what was frozen."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter

from app.assessments.errors import AssessmentIncompleteError, StatuteStandsAgainstError
from app.assessments.schemas.assessments import PayerTold, StepOut
from app.assessments.schemas.decisions import DecisionOut
from app.assessments.schemas.options import OptionOut
from app.assessments.terms import DecisionOutcome
from app.calculators.schemas.paying import WarnedOut
from app.pages.commissioning.assessments_view import (
    TITLES,
    authority,
    finding_line,
    in_words,
    said_of,
    said_sections,
    tag_of,
)
from app.pages.commissioning.forms import WRITTEN_DOWN
from app.pages.commissioning.funding_wording import PARTIES
from app.pages.commissioning.nested import lines_question
from app.pages.commissioning.options_view import LISTINGS, OUTCOMES, option_rows
from app.pages.commissioning.placement_wording import ROUTES
from app.pages.commissioning.read import Whole
from app.pages.commissioning.wording import STANDINGS
from app.pages.filters import format_day, format_moment
from app.pages.form_page_view import FormAsked, Part
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question
from app.pages.typed_facts import show_pounds
from app.pages.view_models import ActionLink, Fact
from app.rules.suitability.steps import Step

_OUTCOMES: Mapping[str, TagView] = {
    DecisionOutcome.APPROVED: TagView("Approved", "green"),
    DecisionOutcome.REFUSED: TagView("Refused", "red"),
}
_CHECKED = (
    ("listed", "Listing", LISTINGS),
    ("outcome", "Quality assurance", OUTCOMES),
    ("evidence_current", "Evidence", {"True": "In date", "False": "Out of date"}),
    ("insured", "Insurance", {"True": "Insured", "False": "Not insured"}),
    ("concern_open", "Concerns", {"True": "One is open", "False": "None that we may know of"}),
)
"""What the register found of the setting that is chosen, and how each is said."""
_NOT_KNOWN = "Not known"


def departure(code: str) -> str:
    """Return the name of the question on which is said why something is departed from."""
    return f"depart-{code.replace('.', '-')}"


def decide_form(whole: Whole) -> FormAsked:
    """Return the form on which is decided, with everything that there is to know before."""
    departures = tuple(
        Question(
            departure(one.code),
            in_words(one.because),
            kind=Kind.PROSE,
            hint=f"{authority(one.rule)} Why do you depart from it? Leave it empty if you do not.",
        )
        for one in whole.found
        if one.may_be_overridden
    )
    bound = [one for one in whole.found if not one.may_be_overridden]
    questions = (
        Question(
            "outcome",
            "What do you decide?",
            "Approve it, or refuse it",
            Kind.ONE,
            offered=(
                (DecisionOutcome.APPROVED, "Approve the place"),
                (DecisionOutcome.REFUSED, "Refuse the place"),
            ),
            needed=True,
        ),
        Question("reasons", "Why?", "Give your reasons", Kind.PROSE, needed=True),
        lines_question("conditions", "On which conditions?", "Leave it empty if there are none."),
    )
    parts = [Part(questions, "Your decision")]
    if departures:
        words = (
            "To approve the place although this is missing or stands against it, say of each why. "
            "What a statute asks cannot be departed from. To refuse it, leave all of it empty."
        )
        parts.append(Part(departures, "What you would depart from", words))
    return FormAsked(
        heading="Decide on the place",
        button="Decide, and freeze it",
        back=whole.back,
        parts=tuple(parts),
        facts=tuple(_facts(whole)),
        paragraphs=(
            (
                "The setting is looked at and tested anew when you decide. Everything that is "
                "shown here is frozen with your decision, and cannot be changed afterwards."
            ),
            WRITTEN_DOWN,
        ),
        inset=" ".join(finding_line(one) for one in bound) or None,
        version=whole.told.version,
        sections=(
            Section("Steps", tuple(_step(whole, one) for one in whole.told.steps)),
            *(_setting(one) for one in whole.told.options),
            *said_sections(said_of(whole)),
            *_coming(whole.told.warnings),
        ),
        stale=(AssessmentIncompleteError, StatuteStandsAgainstError),
    )


def decision_in(whole: Whole, answers: Mapping[str, object]) -> dict[str, Any]:
    """Return a decision as the API takes it."""
    departures = [
        {"code": one.code, "reason": answers[departure(one.code)]}
        for one in whole.found
        if answers.get(departure(one.code)) is not None
    ]
    return {
        "outcome": answers["outcome"],
        "reasons": answers["reasons"],
        "conditions": answers["conditions"] or [],
        "departures": departures,
    }


def decision_part(whole: Whole, found: DecisionOut, head: int) -> PartPage:
    """Return the page of a decision, told from what was frozen.

    Args:
        whole: the assessment as it stands now, for what has changed since.
        found: the decision.
        head: the register's newest entry now.
    """
    facts, personal = found.facts, found.personal
    sections = [
        Section("The decision", tuple(_decision(found))),
        Section("The place", tuple(_frozen_place(facts))),
    ]
    if personal is not None:
        sections += [*_findings(personal), *_options(facts, personal)]
        said = [
            (Step(name), held, "")
            for name, held in sorted(personal["said"].items(), key=lambda one: _order(one[0]))
        ]
        sections += said_sections(said)
        sections += _coming(TypeAdapter(list[WarnedOut]).validate_python(personal["warnings"]))
    sections.append(_since(whole, found, head))
    return PartPage(
        heading=f"Decision on {facts['reference']}",
        caption=whole.name if personal is not None else "A child whose record was erased",
        back=whole.back,
        listed_as=f"Decision on {facts['reference']}",
        sections=tuple(sections),
        paragraphs=(
            WRITTEN_DOWN,
            (
                "This is told from what was frozen when it was decided, and stays the same. It can "
                "be printed as it is."
            ),
            *((f"What was personal was {found.notice}.",) if found.notice else ()),
        ),
        tag=_OUTCOMES[found.outcome],
    )


def _facts(whole: Whole) -> Iterator[Fact]:
    told, chosen = whole.told, whole.chosen
    yield Fact("Child", (whole.name,))
    yield Fact("Assessment", (f"{told.reference}, asked for by {told.requested_by}",))
    yield Fact("Route", (ROUTES[told.route],))
    yield Fact("Days", (f"{format_day(told.starts_on)} to {format_day(told.ends_on)}",))
    if chosen is not None:
        yield Fact("Setting", (f"{chosen.provider_name}, site {chosen.site}",))
    yield Fact("Pays first", tuple(_payer(told.who_pays)))
    if told.eased is not None:
        yield Fact("Less is asked", (f"{told.eased.because} {authority(told.eased.rule)}",))


def _payer(pays: PayerTold) -> Iterator[str]:
    yield PARTIES[pays.first_payer]
    yield f"{pays.because} {authority(pays.rule)}"
    if pays.estimate_pence is not None:
        yield f"{show_pounds(pays.estimate_pence)} in all, travel and meals apart"


def _step(whole: Whole, one: StepOut) -> Row:
    lines = tuple(finding_line(found) for found in one.found)
    return Row(f"{one.code.removeprefix('W')}. {TITLES[one.step]}", lines, tag=tag_of(whole, one))


def _setting(one: OptionOut) -> Section:
    standing = Row("What becomes of it", (), tag=STANDINGS[one.standing])
    return Section(f"{one.provider_name}, site {one.site}", (standing, *option_rows(one)))


def _coming(warnings: list[WarnedOut]) -> Iterator[Section]:
    rows = tuple(
        Row(
            "In force" if one.in_force else "Not in force yet",
            (f"{one.reason.because} {authority(one.reason.rule)}",),
        )
        for one in warnings
    )
    if rows:
        yield Section("What rules to come would mean", rows)


def _decision(found: DecisionOut) -> Iterator[Row]:
    yield Row("Decided by", (f"{found.decided_by}, {format_moment(found.decided_at)}",))
    if found.personal is not None:
        yield Row("Reasons", (found.personal["reasons"],))
        if found.personal["conditions"]:
            yield Row("On condition that", tuple(found.personal["conditions"]))
    yield Row("Register", (f"Its newest entry was {found.register_entry:,}",))
    yield Row(
        "Verified",
        (
            "What is held still gives the hash that was kept."
            if found.verified
            else "What is held does not give the hash that was kept. Tell whoever runs this "
            "register at once.",
            f"SHA-256: {found.sha256}",
        ),
        tag=TagView("Holds", "green") if found.verified else TagView("Does not hold", "red"),
    )


def _frozen_place(facts: Mapping[str, Any]) -> Iterator[Row]:
    yield Row("Route", (ROUTES[facts["route"]],))
    yield Row("Days", (f"{format_day(facts['starts_on'])} to {format_day(facts['ends_on'])}",))
    yield Row("Asked for by", (f"{facts['requested_by']}, {facts['commissioner']}",))
    yield Row("Pays first", tuple(_payer(PayerTold.model_validate(facts["who_pays"]))))
    for one in facts["options"]:
        if one["id"] == facts["option"]:
            yield Row("Setting", (f"{one['provider_name']}, site {one['site']}",))


def _findings(personal: Mapping[str, Any]) -> Iterator[Section]:
    departed = {one["code"]: one["reason"] for one in personal["departures"]}
    rows = []
    for step in personal["steps"]:
        for one in step["found"]:
            reason = departed.get(one["code"])
            source = one["rule"]["citation"]["source"]
            lines = [f"{in_words(one['because'])} ({source})"]
            if reason is not None:
                lines.append(f"Departed from, because: {reason}")
            tag = TagView("Departed from", "yellow") if reason else TagView("Stood open", "grey")
            rows.append(Row(TITLES[Step(step["step"])], tuple(lines), tag=tag))
    empty = "Nothing was missing, and nothing stood against it."
    yield Section("What was missing or stood against it", tuple(rows), when_empty=empty)


def _options(facts: Mapping[str, Any], personal: Mapping[str, Any]) -> Iterator[Section]:
    for frozen in facts["options"]:
        words = personal["options"].get(frozen["id"], {})
        whole = {
            **frozen,
            "gaps": words.get("gaps"),
            "reasons": words.get("reasons"),
            "distance": personal["distances"].get(frozen["id"]),
            "checked": {**frozen["checked"], **personal["covers"][frozen["id"]]},
        }
        yield _setting(OptionOut.model_validate(whole))


def _since(whole: Whole, found: DecisionOut, head: int) -> Section:
    """Say what the register finds of the setting otherwise now than when it was decided."""
    rows = []
    frozen = next(
        (one for one in found.facts["options"] if one["id"] == found.facts["option"]), None
    )
    now = next((one for one in whole.told.options if frozen and str(one.id) == frozen["id"]), None)
    if frozen is not None and now is not None:
        for name, label, words in _CHECKED:
            then, present = frozen["checked"][name], getattr(now.checked, name)
            if str(then) != str(present):
                was, is_now = (words.get(str(one), _NOT_KNOWN) for one in (then, present))
                rows.append(Row(label, (f"Was: {was}", f"Is now: {is_now}")))
    entries = head - found.register_entry
    newer = (
        f"The register has {entries:,} newer entries; most are about others."
        if entries
        else "The register has no newer entry."
    )
    empty = "What the register finds of the setting is as it was."
    links: tuple[ActionLink, ...] = ()
    if frozen is not None:
        here = f"/providers/{frozen['provider']}"
        links = (ActionLink("The provider's present record", here),)
    return Section("What has changed since", tuple(rows), (newer,), empty, links)


def _order(step: str) -> int:
    return list(Step).index(Step(step))
