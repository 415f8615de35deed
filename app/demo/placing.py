"""What waits on the desks of whoever places children in a demonstration, and looks after them.

Done as they would do it, through the services that the pages and the API use, at moments of the
last weeks; no part of a plan. It is one transaction, so that a demonstration has all of it or none:
the invented school assesses, decides, places, pays, reviews and ends; Coventry places two children
of its own; and the garage expects some of them.
"""

import uuid
from datetime import date, timedelta

from app import clock
from app.access import OPERATOR
from app.assessments.schemas.assessments import NewAssessment
from app.assessments.schemas.decisions import DecisionStated, Departure
from app.assessments.schemas.site_checks import NewSiteCheck
from app.assessments.service import assessing, deciding, site_checks
from app.assessments.service import options as looked_at
from app.assessments.service.facts import facts_of
from app.assessments.service.gathering import gather
from app.assessments.terms import DecisionOutcome
from app.children.queries.children import find_by_reference
from app.children.service.keeping import add_child
from app.db.transactions import Database, reading, transaction
from app.demo import following
from app.demo.acts import Placing
from app.demo.assessing import Place, Sought, mornings, options, steps
from app.demo.people import acting
from app.demo.pupils import COVENTRY, PUPILS, Pupil
from app.inspections.service.queue import queue_of
from app.inspections.terms import Outcome
from app.keyring.ring import Keyring
from app.occupancy.schemas import Timetable
from app.placements.schemas import NewPlacement, UrgentStart
from app.placements.service.recording import record_placement
from app.rules.funding.rows import Route
from app.rules.site_checks import SiteCheckKind
from app.rules.suitability.judging import judge

PLACER, APPROVER = "Pia Example", "Grace Example"
PAYER, KEEPER, MILO = "Ben Example", "Harry Example", "Milo Example"
_NEEDED = 2
"""So many settings on the register stand side by side in an assessment."""
_WELL = (Outcome.MEETS_STANDARDS, Outcome.MEETS_WITH_ACTIONS)
_EVERY_STEP = 9
"""So many steps of an assessment are for a person to say."""


async def add_placements(database: Database, ring: Keyring, garage: str) -> bool:
    """Let children be placed, unless they are or Coventry lists too few; say whether it was done.

    Args:
        database: a demonstration with its people and the garage.
        ring: the service's keyring.
        garage: the number of the garage's record.
    """
    school = acting(PLACER)
    assert school.organisation_id is not None  # noqa: S101 - she places for the school
    async with reading(database, school) as session:
        reference = _reference(PUPILS["Violet"])
        if await find_by_reference(session, school.organisation_id, reference):
            return False
    async with reading(database, acting(MILO)) as session:
        found = await queue_of(session, COVENTRY, clock.today())
    best = sorted(found, key=lambda one: one.row.outcome not in _WELL)
    listed = {one.row.number: one.row.site for one in best if one.row.state == "listed"}
    if len(listed) < _NEEDED:
        return False
    places = list(listed.items())[:_NEEDED]
    async with transaction(database, OPERATOR) as session:
        today = clock.today()
        monday = today - timedelta(days=today.weekday())
        await _place(Placing(session, ring, monday, places, (garage, 1)))
    return True


async def _place(placing: Placing) -> None:
    monday, weeks = placing.monday, timedelta(weeks=1)
    await _check(placing, monday - 9 * weeks)
    amber = await _assessed_and_placed(placing, PUPILS["Amber"], monday - 7 * weeks)
    await following.agree(placing, amber, monday - 8 * weeks)
    for week in range(7, 0, -1):
        await following.attend(placing, amber, monday - week * weeks, (1, 3), PLACER)
    await following.review(placing, amber, monday - 3 * weeks)
    await following.keep_safe(placing, amber, monday - 7 * weeks)
    await following.hand_over(placing, amber, monday + weeks)
    coral = await _as_it_runs(placing, PUPILS["Coral"], placing.garage, monday - 4 * weeks)
    for week in range(3, 0, -1):
        await following.attend(placing, coral, monday - week * weeks, (0, 2), KEEPER)
    await _as_it_runs(placing, PUPILS["Teal"], placing.listed[1], monday - 11 * weeks)
    jade = await _as_it_runs(placing, PUPILS["Jade"], placing.listed[0], monday - 8 * weeks)
    await following.end_known(placing, jade, monday - 2 * weeks)
    rowan = await _as_it_runs(placing, PUPILS["Rowan"], placing.garage, monday - 6 * weeks)
    await following.end_unknown(placing, rowan, monday - timedelta(days=5))
    await _coventry(placing)
    await _assess(placing, PUPILS["Olive"], monday + 3 * weeks, done=_EVERY_STEP)
    await _assess(placing, PUPILS["Indigo"], monday + 4 * weeks, done=3)
    await _urgently(placing, PUPILS["Violet"], monday + 2 * weeks)


async def _check(placing: Placing, day: date) -> None:
    """Let the school see the first of the settings for itself."""
    number, site = placing.listed[0]
    async with placing.as_of(PLACER, day) as pia:
        for kind in SiteCheckKind:
            seen = NewSiteCheck(
                provider=number,
                site=site,
                kind=kind,
                seen_on=day - timedelta(days=3),
                seen_by="Pia Example, head of inclusion",
                what="As it should be; invented.",
            )
            await site_checks.record_check(placing.session, pia, seen)


async def _assessed_and_placed(placing: Placing, pupil: Pupil, first: date) -> uuid.UUID:
    """Let a child be assessed, the place decided on by somebody else, and recorded."""
    assessment, child = await _assess(placing, pupil, first, done=_EVERY_STEP)
    async with placing.as_of(APPROVER, first - timedelta(days=6)) as grace:
        held = await assessing.look_at(placing.session, assessment)
        judged = judge(facts_of(await gather(placing.session, placing.ring, held)))
        decision = DecisionStated(
            outcome=DecisionOutcome.APPROVED,
            reasons="It teaches what the child wants to learn, in a small group.",
            departures=[
                Departure(code=one.code, reason="Seen, and weighed.")
                for found in judged.found.values()
                for one in found
            ],
        )
        of = (assessment, held.version)
        await deciding.decide(placing.session, grace, placing.ring, of, decision)
    sought = Sought(first, first)
    facts = _facts(pupil, child, placing.listed[0], first, mornings("tuesday", "thursday"))
    with_it = facts.model_copy(update={"assessment": assessment, "planned_end_on": sought.ends_on})
    return await _record(placing, PLACER, with_it, first - timedelta(days=5))


async def _assess(
    placing: Placing, pupil: Pupil, first: date, done: int
) -> tuple[uuid.UUID, uuid.UUID]:
    """Let an assessment be begun and some of its steps be said; return its id, and the child's."""
    day = min(first - timedelta(days=10), clock.today())
    child = await _add(placing, PLACER, pupil, day)
    session, ring = placing.session, placing.ring
    async with placing.as_of(PLACER, day) as pia:
        new = NewAssessment(
            reference=_reference(pupil), child=child, route=Route.SCHOOL_ARRANGED, starts_on=first
        )
        assessment, _ = await assessing.request(session, pia, new)
        version = 1
        if done >= _EVERY_STEP:
            for option in options(*placing.listed):
                await looked_at.add(session, pia, ring, (assessment, version), option)
                version += 1
        for said in list(steps(Sought(day, first, pupil.with_plan)))[:done]:
            await assessing.say(session, pia, ring, (assessment, version), said)
            version += 1
    return assessment, child


async def _as_it_runs(placing: Placing, pupil: Pupil, place: Place, first: date) -> uuid.UUID:
    """Let a placement be recorded a week after it began, not yet assessed."""
    day = first + timedelta(days=7)
    child = await _add(placing, PLACER, pupil, day)
    facts = _facts(pupil, child, place, first, mornings("monday", "wednesday"))
    return await _record(placing, PLACER, facts, day)


async def _urgently(placing: Placing, pupil: Pupil, first: date) -> None:
    """Let a placement that has yet to begin not wait for its assessment."""
    day = clock.today()
    child = await _add(placing, PLACER, pupil, day)
    facts = _facts(pupil, child, placing.listed[1], first, mornings("friday"))
    why = UrgentStart(reasons="Home for three weeks; the school cannot keep the child safe there.")
    await _record(placing, PLACER, facts.model_copy(update={"urgent": why}), day)


async def _coventry(placing: Placing) -> None:
    """Let Coventry place two children: one excluded, one whom it looks after, all week long."""
    day = placing.monday - timedelta(weeks=2)
    hazel, sienna = PUPILS["Hazel"], PUPILS["Sienna"]
    child = await _add(placing, PAYER, hazel, day)
    days = ("monday", "tuesday", "thursday")
    facts = _facts(hazel, child, placing.listed[1], day - timedelta(days=7), mornings(*days))
    excluded = facts.model_copy(update={"route": Route.EXCLUSION})
    placed = await _record(placing, PAYER, excluded, day)
    await following.dispute(placing, placed, day)
    child = await _add(placing, PAYER, sienna, day)
    week = mornings("monday", "tuesday", "wednesday", "thursday", "friday", until="14:30")
    all_week = week.model_copy(update={"minutes_elsewhere": 0})
    facts = _facts(sienna, child, placing.garage, day - timedelta(days=7), all_week)
    await _record(
        placing, PAYER, facts.model_copy(update={"route": Route.LOOKED_AFTER_INTERIM}), day
    )
    # The school held this child before it was excluded: two records of one child.
    await _add(placing, PLACER, hazel, day - timedelta(weeks=20))
    # Without a number nobody can tell whether this is the school's child: a question for a person.
    await _add(placing, PAYER, PUPILS["Violet"], clock.today())


def _facts(
    pupil: Pupil, child: uuid.UUID, place: Place, first: date, week: Timetable
) -> NewPlacement:
    return NewPlacement(
        reference=_reference(pupil),
        child=child,
        provider=place[0],
        site=place[1],
        route=Route.SCHOOL_ARRANGED,
        starts_on=first,
        sessions=week.sessions,
        minutes_elsewhere=week.minutes_elsewhere,
    )


async def _record(placing: Placing, name: str, facts: NewPlacement, day: date) -> uuid.UUID:
    async with placing.as_of(name, day) as actor:
        placed, _ = await record_placement(placing.session, actor, placing.ring, facts)
    return placed


async def _add(placing: Placing, name: str, pupil: Pupil, day: date) -> uuid.UUID:
    async with placing.as_of(name, day) as actor:
        new = pupil.record(clock.today(), _reference(pupil))
        child, _ = await add_child(placing.session, actor, placing.ring, new)
    return child


def _reference(pupil: Pupil) -> str:
    return f"DEMO-{pupil.name.upper()}"
