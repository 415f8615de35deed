"""A draft of the standards is tied to the version before it, and published by a second person."""

from collections.abc import Sequence
from datetime import timedelta

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import WriteSession, announce
from app.errors import FieldFault, InvalidRequestError
from app.organisations.policies import check_person
from app.standards.errors import DraftIncompleteError
from app.standards.events import RulesPublished
from app.standards.models import Criterion, StandardsVersion
from app.standards.policies import check_first_day, check_two_people
from app.standards.queries import drafts as queries
from app.standards.queries.periods import days_from, days_until, first_day
from app.standards.queries.versions import list_criteria, list_steps
from app.standards.schemas.drafts import CrosswalkDraft, Publication
from app.standards.service.drafts import lock_draft, subject_of, touch
from app.standards.terms import State
from app.standards.walking import Step


async def set_crosswalk(
    session: WriteSession, actor: Actor, code: str, stated: CrosswalkDraft, expected: int
) -> None:
    """Say what becomes of every criterion of the newest published version in a draft.

    Raises:
        StandardsNotFoundError: there is no draft that the actor may see.
        AlreadyPublishedError: it is published.
        VersionChangedError: somebody changed it since the actor read it.
        InvalidRequestError: a number is none of its version's, or is both continued and withdrawn.
    """
    held = await lock_draft(session, code, expected)
    newest = await queries.newest_published(session)
    before = _by_number(await list_criteria(session, newest.id)) if newest else {}
    after = _by_number(await list_criteria(session, held.id))
    _check_numbers(stated, before, after)
    steps = [Step(before[one.from_].id, after[one.to].id, one.relation) for one in stated.items]
    await queries.replace_steps(session, held.id, steps)
    await touch(session, actor, held, {"withdrawn": sorted(set(stated.withdrawn))})
    told = {"lines": len(steps), "withdrawn": sorted(set(stated.withdrawn))}
    await record(session, actor, "standards.crosswalk_set", subject_of(actor, held), after=told)


async def publish(
    session: WriteSession, actor: Actor, code: str, stated: Publication, expected: int
) -> None:
    """Publish a colleague's draft from a day on; the version before ends the day before.

    Raises:
        StandardsNotFoundError: there is no draft that the actor may see.
        AlreadyPublishedError: it is published.
        VersionChangedError: somebody changed it since the actor read it.
        OwnDraftError: the actor drafted it or changed it last.
        InvalidRequestError: the day is past.
        DayTakenError: another published version begins on that day or later.
        DraftIncompleteError: it asks nothing, a standard has no title, or what became of a
            criterion of the version before is not said.
    """
    person_id, first = check_person(actor), stated.in_force_from
    await queries.publish_alone(session)
    held = await lock_draft(session, code, expected)
    check_two_people(person_id, held.drafted_by, held.last_changed_by)
    newest = await queries.newest_published(session)
    check_first_day(first, clock.today(), first_day(newest) if newest else None)
    await _check_whole(session, held, newest)
    if newest is not None:
        await queries.update_version(session, newest.id, {"in_force": days_until(newest, first)})
    await queries.update_version(
        session,
        held.id,
        {
            "state": State.PUBLISHED.value,
            "in_force": days_from(first),
            "published_by": person_id,
            "published_at": clock.now(),
            "version": held.version + 1,
        },
    )
    told = {
        "in_force_from": first,
        "ends": newest.code if newest else None,
        "last_day": first - timedelta(days=1) if newest else None,
    }
    await record(session, actor, "standards.published", subject_of(actor, held), after=told)
    announce(session, RulesPublished())


async def _check_whole(
    session: WriteSession, held: StandardsVersion, newest: StandardsVersion | None
) -> None:
    criteria = await list_criteria(session, held.id)
    if not criteria:
        raise DraftIncompleteError("The draft asks for nothing. Add its criteria first.")
    untitled = sorted({one.standard for one in criteria} - set(held.standard_titles))
    if untitled:
        raise DraftIncompleteError(
            f"These standards have no title: {', '.join(untitled)}. Give each one.",
            without_title=untitled,
        )
    before = await list_criteria(session, newest.id) if newest else []
    steps = await list_steps(session, held.id)
    continued = {step.source for step in steps}
    unsaid = [
        one.number for one in before if one.id not in continued and one.number not in held.withdrawn
    ]
    if unsaid or continued - {one.id for one in before}:
        named = ", ".join(unsaid) or "every one"
        raise DraftIncompleteError(
            f"The draft does not say what becomes of these criteria of {_code(newest)}: {named}. "
            "Put them on the crosswalk, or declare them withdrawn.",
            without_successor=unsaid,
        )


def _check_numbers(
    stated: CrosswalkDraft, before: dict[str, Criterion], after: dict[str, Criterion]
) -> None:
    continued = {one.from_ for one in stated.items}
    faults = [
        FieldFault(
            f"The newest published version has no criterion {one.from_}.", f"/items/{n}/from"
        )
        for n, one in enumerate(stated.items)
        if one.from_ not in before
    ]
    faults += [
        FieldFault(f"The draft has no criterion {one.to}.", f"/items/{n}/to")
        for n, one in enumerate(stated.items)
        if one.to not in after
    ]
    for n, number in enumerate(stated.withdrawn):
        if number not in before:
            said = f"The newest published version has no criterion {number}."
            faults.append(FieldFault(said, f"/withdrawn/{n}"))
        elif number in continued:
            said = f"{number} is on the crosswalk as well; leave it out of one of the two."
            faults.append(FieldFault(said, f"/withdrawn/{n}"))
    if faults:
        raise InvalidRequestError(
            "The crosswalk names what is not there, or says two things of one criterion.",
            errors=tuple(faults),
        )


def _by_number(criteria: Sequence[Criterion]) -> dict[str, Criterion]:
    return {one.number: one for one in criteria}


def _code(version: StandardsVersion | None) -> str:
    return version.code if version else "the version before"
