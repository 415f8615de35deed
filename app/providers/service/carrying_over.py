"""From one version of the standards to the next: answers carried over, and what would be missed."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault
from app.providers.evidence import Answer
from app.providers.evidence_errors import SelfEvaluationUnfinishedError, VersionNotInForceError
from app.providers.models.self_evaluations import SelfEvaluation, SelfEvaluationAnswer
from app.providers.queries import documents, evidence, parts
from app.providers.queries import self_evaluations as queries
from app.providers.queries.records import read_provider
from app.providers.service.records import Held, keep, part_of, person_of
from app.providers.service.self_evaluations import asked_of, get_self_evaluation
from app.standards.models import Criterion, StandardsVersion
from app.standards.policies import applicable
from app.standards.queries import versions
from app.standards.terms import Force, Gate, Relation
from app.standards.walking import Step
from app.values.site_kind import SiteKind, StaffSize
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession

_LOOK_AGAIN = frozenset({Relation.WIDENED, Relation.SPLIT, Relation.MERGED})
"""What is asked is no longer what was answered."""
_WORST_FIRST = (
    *(Answer.NOT_MET, Answer.PARTLY_MET, Answer.NOT_ASSESSED, Answer.NOT_APPLICABLE, Answer.MET),
)
_GRAVEST_FIRST = (
    *(Relation.WIDENED, Relation.SPLIT, Relation.MERGED, Relation.NARROWED, Relation.REWORDED),
    Relation.SAME,
)


@dataclass(frozen=True, slots=True)
class Missed:
    """A criterion that a site would not meet, as far as is known.

    Attributes:
        site: its reference.
        criterion: which.
        became: how it differs from what was asked before; `None`: nothing like it was.
        why: in a sentence.
    """

    site: int
    criterion: Criterion
    became: Relation | None
    why: str


async def carry_over(
    session: WriteSession, actor: Actor, number: str, identity: uuid.UUID
) -> uuid.UUID:
    """Begin a self-evaluation against the next version with what was answered; return its id.

    Answers to what is the same, reworded or narrowed are carried with their evidence; of what was
    widened, split or merged they are carried to be looked at again; what is new is unanswered.
    Nothing of the old one changes.

    Raises:
        ProviderNotFoundError: the record is none of the actor's business.
        RecordNotYoursError: they do not own it.
        PersonNeededError: a machine asks.
        SelfEvaluationNotFoundError: there is none with this id.
        SelfEvaluationUnfinishedError: it is not completed.
        VersionNotInForceError: no version follows.
        IntegrityError: one against that version is open already; see `CONSTRAINT_ERRORS`.
    """
    person = person_of(actor)
    held, _ = await keep(session, number)
    row = await get_self_evaluation(session, held.id, identity)
    old: SelfEvaluation = row.SelfEvaluation
    if old.completed_at is None:
        raise SelfEvaluationUnfinishedError("Only a completed self-evaluation is carried over.")
    following = await _following(session, row.standards)
    new = SelfEvaluation(
        id=uuid7(),
        site_id=old.site_id,
        version_id=following.id,
        carried_from_id=old.id,
        begun_by=person,
        begun_at=clock.now(),
        version=1,
    )
    await queries.add_self_evaluation(session, new)
    carried = await _carry_answers(session, held, row, new)
    after = {"from": str(old.id), "standards": following.code, "carried": carried}
    subject = part_of(held, "self_evaluation", new.id)
    await record(session, actor, "self_evaluation.carried_over", subject, after=after)
    return new.id


async def impact(session: AnySession, held: Held, code: str) -> list[Missed]:
    """Return which criteria of a published version a provider's open sites would miss.

    What counts in an outcome alone; by what was said last, through the crosswalk, and by what
    evidence is current on the version's first day, or today if that is past.

    Raises:
        VersionNotInForceError: no such version is published.
    """
    version = await queries.get_version(session, code)
    if version is None or version.in_force is None or version.in_force.lower is None:
        detail = f"No version {code[:100]} is published. See /v1/standards."
        raise VersionNotInForceError(detail, errors=(FieldFault(detail, parameter="version"),))
    day = max(version.in_force.lower, clock.today())
    provider = await read_provider(session, held.id)
    size = StaffSize(provider.staff_size) if provider.staff_size else None
    criteria = [
        one
        for one in await versions.list_criteria(session, version.id)
        if one.force != Force.GOOD_PRACTICE.value
    ]
    missed: list[Missed] = []
    for site in await parts.list_sites(session, held.id):
        if site.closed_on is None or site.closed_on > day:
            asked = applicable(criteria, SiteKind(site.kind), size)
            missed += await _missed_at(session, held, site, version, (asked, day))
    return missed


async def _missed_at(
    session: AnySession,
    held: Held,
    site: Any,
    version: StandardsVersion,
    asked_on: tuple[Sequence[Criterion], date],
) -> list[Missed]:
    asked, day = asked_on
    kinds = await evidence.current_kinds(session, held.id, site.id, day)
    last = await queries.newest_completed(session, site.id)
    answers = await queries.list_answers(session, last.id) if last else {}
    steps = await _steps(session, last, version)
    missed = []
    for criterion in asked:
        sources = steps.get(criterion.id, ())
        became = _gravest(sources)
        why = _why(criterion, [answers.get(one.source) for one in sources], became)
        lacks = criterion.gate == Gate.CRITICAL.value and criterion.evidence_kinds
        if why is None and lacks and kinds.isdisjoint(criterion.evidence_kinds):
            wanted = " or ".join(criterion.evidence_kinds)
            why = f"No evidence of it is current on {day.isoformat()}: {wanted}."
        if why is not None:
            missed.append(Missed(site.reference, criterion, became, why))
    return missed


def _why(
    criterion: Criterion, said: Sequence[SelfEvaluationAnswer | None], became: Relation | None
) -> str | None:
    if became is None:
        return "Nothing like it was asked before, or nothing was said of it."
    if became in _LOOK_AGAIN:
        return "It asks for something else than it did."
    worst = _worst(one for one in said if one is not None)
    if worst is None:
        return "Nothing was said of it yet."
    if worst.answer in {Answer.MET, Answer.NOT_APPLICABLE}:
        return None
    return f"Of what was asked before you said: {worst.answer}."


async def _steps(
    session: AnySession, last: SelfEvaluation | None, version: StandardsVersion
) -> Mapping[uuid.UUID, Sequence[Step]]:
    """Return by criterion of a version what it came from in the one a site was evaluated by."""
    if last is None:
        return {}
    if last.version_id == version.id:
        criteria = await versions.list_criteria(session, version.id)
        return {one.id: [Step(one.id, one.id, Relation.SAME)] for one in criteria}
    codes = await queries.codes_of(session)
    walked = await versions.crosswalk(session, codes[last.version_id], version.code)
    return _by_target(walked or ())


async def _following(session: WriteSession, code: str) -> StandardsVersion:
    published = list(await versions.list_published(session))
    place = [one.code for one in published].index(code)
    if place + 1 == len(published):
        raise VersionNotInForceError(
            f"No version of the standards after {code} is published. There is nothing to carry "
            "over to."
        )
    return published[place + 1]


async def _carry_answers(session: WriteSession, held: Held, row: Any, new: SelfEvaluation) -> int:
    old: SelfEvaluation = row.SelfEvaluation
    steps = _by_target(await versions.list_steps(session, new.version_id))
    answers = await queries.list_answers(session, old.id)
    shown = await queries.list_evidence(session, old.id)
    criteria = asked_of(row, await versions.list_criteria(session, new.version_id))
    carried = 0
    for criterion in criteria:
        sources = [one for one in steps.get(criterion.id, ()) if one.source in answers]
        said = _worst(answers[one.source] for one in sources)
        if said is None:
            continue
        named = [one for step in sources for one in shown.get(step.source, ())]
        still = await documents.find_of_provider(session, held.id, named)
        copy = SelfEvaluationAnswer(
            self_evaluation_id=new.id,
            criterion_id=criterion.id,
            answer=said.answer,
            comment=said.comment,
            carried=True,
            look_again=_gravest(sources) in _LOOK_AGAIN,
            answered_by=said.answered_by,
            answered_at=said.answered_at,
        )
        await queries.put_answer(session, copy, [one.id for one in still])
        carried += 1
    return carried


def _by_target(steps: Iterable[Step]) -> Mapping[uuid.UUID, Sequence[Step]]:
    found: dict[uuid.UUID, list[Step]] = defaultdict(list)
    for step in steps:
        found[step.target].append(step)
    return found


def _gravest(steps: Sequence[Step]) -> Relation | None:
    relations = {step.relation for step in steps}
    return next((one for one in _GRAVEST_FIRST if one in relations), None)


def _worst(said: Iterable[SelfEvaluationAnswer]) -> SelfEvaluationAnswer | None:
    by_answer = {one.answer: one for one in said}
    return next((by_answer[one] for one in _WORST_FIRST if one in by_answer), None)
