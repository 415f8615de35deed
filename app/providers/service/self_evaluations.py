"""Self-evaluations: begun, answered criterion by criterion, completed once and for all."""

import uuid
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault
from app.providers.errors import PartEndedError, SiteNotFoundError
from app.providers.evidence import Answer
from app.providers.evidence_errors import (
    AnswerNotFitError,
    CriterionNotAskedError,
    SelfEvaluationCompletedError,
    SelfEvaluationNotFoundError,
    SelfEvaluationUnfinishedError,
    VersionNotInForceError,
)
from app.providers.models.self_evaluations import SelfEvaluation, SelfEvaluationAnswer
from app.providers.queries import documents, evidence, parts
from app.providers.queries import self_evaluations as queries
from app.providers.schemas.self_evaluations import AnswerStated, NewSelfEvaluation
from app.providers.service.records import Held, check_version, keep, part_of, person_of
from app.standards.models import Criterion
from app.standards.policies import applicable
from app.standards.queries import versions
from app.standards.terms import EvidenceKind, Gate
from app.values.site_kind import SiteKind, StaffSize
from app.values.uuid7 import uuid7


async def begin(
    session: WriteSession, actor: Actor, number: str, new: NewSelfEvaluation
) -> uuid.UUID:
    """Begin to evaluate a site against a version of the standards; return the id.

    Raises:
        ProviderNotFoundError: the record is none of the actor's business.
        RecordNotYoursError: they do not own it.
        PersonNeededError: a machine asks.
        SiteNotFoundError: the provider has no such site.
        PartEndedError: the site has closed.
        VersionNotInForceError: no such version is published, or none is in force.
        IntegrityError: one is open already; see `CONSTRAINT_ERRORS`.
    """
    person = person_of(actor)
    held, _ = await keep(session, number)
    site = await parts.get_site(session, held.id, new.site)
    if site is None:
        detail = f"{held.name} has no site {new.site}."
        raise SiteNotFoundError(detail, errors=(FieldFault(detail, "/site"),))
    if site.closed_on is not None and site.closed_on <= clock.today():
        raise PartEndedError(f"Site {new.site} has closed, and is evaluated no more.")
    version = await _version(session, new.version)
    begun = SelfEvaluation(
        id=uuid7(),
        site_id=site.id,
        version_id=version.id,
        begun_by=person,
        begun_at=clock.now(),
        version=1,
    )
    await queries.add_self_evaluation(session, begun)
    after = {"site": new.site, "standards": version.code}
    subject = part_of(held, "self_evaluation", begun.id)
    await record(session, actor, "self_evaluation.begun", subject, after=after)
    return begun.id


async def answer(  # noqa: PLR0913, PLR0917 - who, what of what, and which version of it
    session: WriteSession,
    actor: Actor,
    number: str,
    identity: uuid.UUID,
    criterion_number: str,
    stated: AnswerStated,
    expected: int,
) -> None:
    """Say of a criterion whether it is met, and what shows it.

    Raises:
        ProviderNotFoundError: the record is none of the actor's business.
        RecordNotYoursError: they do not own it.
        PersonNeededError: a machine asks.
        SelfEvaluationNotFoundError: there is none with this id.
        SelfEvaluationCompletedError: it changes no more.
        VersionChangedError: it was changed since the actor read it.
        CriterionNotAskedError: the version has no such criterion, or does not ask it here.
        AnswerNotFitError: it lacks its comment, or a document shows nothing of this site.
    """
    person = person_of(actor)
    held, row = await _open(session, number, identity)
    evaluation: SelfEvaluation = row.SelfEvaluation
    check_version(evaluation.version, expected, "This self-evaluation")
    criterion = await queries.find_criterion(session, evaluation.version_id, criterion_number)
    if criterion is None or not asked_of(row, [criterion]):
        raise CriterionNotAskedError(
            f"{row.standards} asks nothing numbered {criterion_number} of such a site. What it "
            "asks is listed in the self-evaluation."
        )
    await _check_answer(session, held, evaluation, stated)
    said = SelfEvaluationAnswer(
        self_evaluation_id=evaluation.id,
        criterion_id=criterion.id,
        answer=stated.answer.value,
        comment=stated.comment,
        carried=False,
        look_again=False,
        answered_by=person,
        answered_at=clock.now(),
    )
    await queries.put_answer(session, said, stated.documents)
    evaluation.version += 1
    await session.flush()
    subject = part_of(held, "self_evaluation", evaluation.id)
    after = {"criterion": criterion_number, "answer": stated.answer}
    await record(session, actor, "self_evaluation.answered", subject, after=after)


async def complete(
    session: WriteSession, actor: Actor, number: str, identity: uuid.UUID, expected: int
) -> None:
    """Complete a self-evaluation: from then on nothing of it changes.

    Raises:
        ProviderNotFoundError: the record is none of the actor's business.
        RecordNotYoursError: they do not own it.
        PersonNeededError: a machine asks.
        SelfEvaluationNotFoundError: there is none with this id.
        SelfEvaluationCompletedError: that was done already.
        VersionChangedError: it was changed since the actor read it.
        SelfEvaluationUnfinishedError: something is unanswered, or a critical criterion is said to
            be met and nothing current shows it; each with a pointer.
    """
    person = person_of(actor)
    held, row = await _open(session, number, identity)
    evaluation: SelfEvaluation = row.SelfEvaluation
    check_version(evaluation.version, expected, "This self-evaluation")
    faults = tuple([fault async for fault in _unfinished(session, held, row)])
    if faults:
        raise SelfEvaluationUnfinishedError(
            f"{len(faults)} criteria are not answered, or not shown. See errors.", errors=faults
        )
    evaluation.completed_at, evaluation.completed_by = clock.now(), person
    evaluation.version += 1
    await session.flush()
    subject = part_of(held, "self_evaluation", evaluation.id)
    after = {"site": row.site, "standards": row.standards}
    await record(session, actor, "self_evaluation.completed", subject, after=after)


def asked_of(row: Any, criteria: Sequence[Criterion]) -> list[Criterion]:
    """Return which criteria are asked of the site and provider of a self-evaluation."""
    return applicable(
        criteria,
        SiteKind(row.site_kind),
        StaffSize(row.staff_size) if row.staff_size else None,
    )


async def get_self_evaluation(
    session: ReadSession | WriteSession,
    provider_id: uuid.UUID,
    identity: uuid.UUID,
    *,
    lock: bool = False,
) -> Any:
    """Return a self-evaluation that the actor may see; see `queries.get_self_evaluation`.

    Raises:
        SelfEvaluationNotFoundError: there is none.
    """
    row = await queries.get_self_evaluation(session, provider_id, identity, lock=lock)
    if row is None:
        raise SelfEvaluationNotFoundError(
            "The record has no self-evaluation with this id, or none that you may see. Open ones "
            "are seen by their owner, and by who assesses an application."
        )
    return row


async def _open(session: WriteSession, number: str, identity: uuid.UUID) -> tuple[Held, Any]:
    held, _ = await keep(session, number)
    row = await get_self_evaluation(session, held.id, identity, lock=True)
    if row.SelfEvaluation.completed_at is not None:
        raise SelfEvaluationCompletedError(
            "This self-evaluation is completed and stays as it is. Begin another to say something "
            "new."
        )
    return held, row


async def _version(session: WriteSession, code: str | None) -> Any:
    if code is None:
        version = await versions.in_force(session, clock.today())
        detail = "No version of the standards is in force today."
    else:
        version = await queries.get_version(session, code)
        detail = f"No version {code[:100]} is published. See /v1/standards."
    if version is None:
        raise VersionNotInForceError(detail, errors=(FieldFault(detail, "/version"),))
    return version


async def _check_answer(
    session: WriteSession, held: Held, evaluation: SelfEvaluation, stated: AnswerStated
) -> None:
    if stated.answer is Answer.NOT_APPLICABLE and stated.comment is None:
        detail = "It is asked of sites like this one. Say in a comment why it does not apply."
        raise AnswerNotFitError(detail, errors=(FieldFault(detail, "/comment"),))
    found = {
        one.id
        for one in await documents.find_of_provider(session, held.id, stated.documents)
        if one.site_id in {None, evaluation.site_id}
    }
    faults = tuple(
        FieldFault(
            "The record has no such document, or it is of another site or was withdrawn.",
            f"/documents/{place}",
        )
        for place, one in enumerate(stated.documents)
        if one not in found
    )
    if faults:
        raise AnswerNotFitError("A document shows nothing of this site.", errors=faults)


async def _unfinished(session: WriteSession, held: Held, row: Any) -> AsyncIterator[FieldFault]:
    evaluation: SelfEvaluation = row.SelfEvaluation
    criteria = asked_of(row, await versions.list_criteria(session, evaluation.version_id))
    answers = await queries.list_answers(session, evaluation.id)
    shown = await queries.list_evidence(session, evaluation.id)
    kinds = await _kinds_shown(session, held, shown)
    recorded: frozenset[str] = frozenset()
    if await evidence.has_staff_checks(session, held.id, clock.today()):
        recorded = frozenset({EvidenceKind.STAFF_CHECKS_RECORD.value})
    for criterion in criteria:
        shows = recorded | kinds.get(criterion.id, frozenset())
        for fault in _fault_of(criterion, answers.get(criterion.id), shows):
            yield fault


async def _kinds_shown(
    session: WriteSession, held: Held, shown: Mapping[uuid.UUID, Sequence[uuid.UUID]]
) -> dict[uuid.UUID, frozenset[str]]:
    """Return which kinds of current evidence each answer names, by criterion."""
    today = clock.today()
    ids = [one for named in shown.values() for one in named]
    current = await evidence.find_current(session, ids, today)
    kind_of = {one.id: one.kind for one in await documents.find_of_provider(session, held.id, ids)}
    return {
        criterion: frozenset(kind_of[one] for one in named if one in current)
        for criterion, named in shown.items()
    }


def _fault_of(
    criterion: Criterion, said: SelfEvaluationAnswer | None, kinds: frozenset[str]
) -> Iterator[FieldFault]:
    where = f"/answers/{criterion.number}"
    if said is None or said.answer == Answer.NOT_ASSESSED:
        yield FieldFault(f"Answer it: {criterion.requirement}", where)
    elif said.look_again:
        yield FieldFault(
            f"It asks for something else than it did. Say it anew: {criterion.requirement}", where
        )
    elif (
        criterion.gate == Gate.CRITICAL.value
        and said.answer == Answer.MET
        and criterion.evidence_kinds
        and kinds.isdisjoint(criterion.evidence_kinds)
    ):
        wanted = " or ".join(criterion.evidence_kinds)
        yield FieldFault(
            f"It is critical and said to be met: name a current document that shows it ({wanted}).",
            f"{where}/documents",
        )
