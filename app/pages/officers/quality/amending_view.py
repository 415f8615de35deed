"""What the pages ask on which something published is put right."""

from collections.abc import Iterator, Sequence

from app.inspections.schemas.amendments import AmendmentOut
from app.inspections.schemas.judgements import AskedAtSite
from app.pages.filters import format_day
from app.pages.form_page_view import Check, FormAsked, Part
from app.pages.officers.quality import wording
from app.pages.officers.quality.hearing_view import about
from app.pages.officers.quality.inspections_view import judgement_words, seen_words
from app.pages.officers.quality.judgements import carried_of, parts_of, still_typed, typed_of
from app.pages.officers.quality.read import Read, standard_of
from app.pages.part_view import PartPage, Row, Section
from app.pages.questions import Kind, Question
from app.pages.view_models import ActionLink, Fact

_WHY = Question(
    "reason",
    "What was wrong?",
    "Say what was wrong",
    Kind.PROSE,
    "Public once it is confirmed: nothing that must not be.",
    needed=True,
)
_TWO = "A second officer other than you decides. Until then everything stays as it is."


def correct_part(read: Read) -> PartPage:
    """Return the page from which the judgements of one standard are corrected."""
    return PartPage(
        heading=f"Correct inspection {read.told.reference}",
        caption=read.told.provider_name,
        back=read.back,
        paragraphs=(
            "A correction is a further version. The one before stays readable.",
            "Choose what is to be corrected.",
        ),
        sections=tuple(
            Section(f"Site {site.site}: {site.name}", tuple(_standards(read, site.site)))
            for site in read.told.sites
        ),
    )


def correct_form(read: Read, items: Sequence[AskedAtSite]) -> FormAsked:
    """Return the form on which a correction of one standard at one site is proposed."""
    its = [one for one in items if one.found is not None]
    return FormAsked(
        heading=f"Correct standard {standard_of(items[0].criterion)}",
        button="Propose the correction",
        back=ActionLink("Choose another standard", f"{read.address}/correct"),
        parts=(*parts_of(its, corrects=True), Part((_WHY,), "Why")),
        facts=about(read),
        paragraphs=("Change what is to be otherwise, and leave the rest as it is.", _TWO),
        typed=typed_of(its, corrects=True),
        carried=carried_of(its, corrects=True),
        still_typed=lambda typed: still_typed(its, typed, corrects=True),
        version=_newest(read),
    )


def redact_form(read: Read) -> FormAsked:
    """Return the form on which it is proposed to take an older version out."""
    offered = [
        (str(one.version), f"Version {one.version}, published on {format_day(one.published_at)}")
        for one in read.versions[:-1]
        if one.redacted_at is None
    ]
    which = Question(
        "of_version",
        "Which version?",
        "Choose a version",
        Kind.ONE,
        offered=offered,
        needed=True,
        reads=int,
    )
    return FormAsked(
        heading="Take an older version out",
        button="Propose it" if offered else None,
        back=read.back,
        parts=(Part((which, _WHY)),),
        facts=about(read),
        paragraphs=(
            "For what should never have been public. That there was a version stays on record.",
            "The version that stands now is corrected first; then it can go.",
            _TWO,
        ),
        version=read.told.version,
    )


def decide_form(read: Read, amendment: AmendmentOut) -> FormAsked:
    """Return the form on which a second officer decides on what a colleague proposed."""
    decision = Question(
        "decision",
        "What do you decide?",
        "Choose what you decide",
        Kind.ONE,
        offered=(("confirm", "Do it as proposed"), ("refuse", "Leave it as it is")),
        needed=True,
    )
    reason = Question(
        "reason", "Why not?", "Say why not", Kind.PROSE, "Needed where you leave it as it is."
    )
    return FormAsked(
        heading="Decide on what was proposed",
        button="Decide",
        back=read.back,
        parts=(Part((decision, reason)),),
        facts=(*about(read), *_proposed(read, amendment)),
        checks=(_REASONED,),
        version=read.told.version,
    )


def withdraw_form(read: Read, amendment: AmendmentOut) -> FormAsked:
    """Return the form on which one takes back what one proposed."""
    return FormAsked(
        heading="Take back what you proposed",
        button="Take it back",
        back=read.back,
        facts=(*about(read), *_proposed(read, amendment)),
        version=read.told.version,
    )


def _proposed(read: Read, amendment: AmendmentOut) -> Iterator[Fact]:
    yield Fact(
        f"{wording.AMENDMENTS[amendment.kind]} of version {amendment.of_version}",
        (amendment.reason, f"Proposed on {format_day(amendment.proposed_at)}"),
    )
    now = {(one.site, one.criterion): one for one in read.sheet.items}
    for change in amendment.judgements:
        item = now[change.site, change.criterion]
        label = f"{change.criterion} at site {change.site}"
        if item.found is not None:
            was = wording.JUDGEMENTS[item.found.judgement].label
            yield Fact(f"{label}, now", (item.requirement, f"{was}.", *judgement_words(item)))
        lines = [f"{wording.JUDGEMENTS[change.judgement].label}.", change.finding or ""]
        if change.seen_on is not None:
            lines.append(seen_words(change.method, change.seen_on, carried=change.carried))
        yield Fact(f"{label}, as proposed", tuple(line for line in lines if line))


def _standards(read: Read, site: int) -> Iterator[Row]:
    for standard in read.standards:
        its = [
            one
            for one in read.sheet.items
            if one.site == site and standard_of(one.criterion) == standard
        ]
        if its:
            here = f"{read.address}/sites/{site}/standards/{standard}/correct"
            yield Row(
                f"Standard {standard}",
                tuple(
                    f"{one.criterion}: {wording.JUDGEMENTS[one.found.judgement].label}"
                    for one in its
                    if one.found is not None
                ),
                (ActionLink("Correct", here),),
            )


def _newest(read: Read) -> int | None:
    return read.versions[-1].version if read.versions else None


_REASONED = Check(
    "reason",
    "Say why not.",
    lambda answers: answers["decision"] == "refuse" and not answers["reason"],
)
