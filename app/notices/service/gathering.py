"""Gathering what a notice says: from the child's record, the placement, its site and duties."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from app import clock
from app.assessments.queries.assessments import list_steps
from app.assessments.schemas.steps import MODELS, PlanStated
from app.assessments.service.assessing import STEPS
from app.children import personal_parts
from app.children.errors import ChildErasedError
from app.children.queries.children import list_circumstances
from app.children.service.keeping import identity_of
from app.children.service.keeping import look_at as look_at_child
from app.db.events import WriteSession
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.notices.particulars import Addressee, Lesson, Particulars, Person, Place, Week
from app.notices.queries import notices as queries
from app.notices.schemas.contacts import SafeContact
from app.notices.schemas.notices import NoticeAsked
from app.placements.queries.placements import list_sessions, list_timetables
from app.rules.funding.rows import Route
from app.rules.notices.kinds import NoticeKind, Recipient
from app.rules.notices.needing import Needed, NoticeFacts
from app.rules.suitability.steps import Step
from app.safeguarding.schemas import DutyOut
from app.safeguarding.service import handing, telling
from app.safeguarding.terms import Duty


async def gather(
    session: WriteSession,
    ring: Keyring,
    placement: Any,
    of: tuple[Needed, NoticeFacts],
    said: tuple[NoticeAsked, SafeContact | None, bool],
) -> Particulars:
    """Gather everything that a notice may say.

    Args:
        session: of the commissioner.
        ring: opens the child's key.
        placement: its row.
        of: the notice that is needed, and the facts that decided it.
        said: what was asked, the person it goes to, and whether anybody has said who is told.

    Raises:
        ChildErasedError: the child's record was erased.
    """
    needed, facts = of
    asked, contact, contacts_held = said
    child = await look_at_child(session, placement.child_id)
    identity = identity_of(ring, child)
    if identity is None:
        raise ChildErasedError("The child's record was erased; nothing is told of it.")
    weeks = await _weeks(session, placement)
    sites = await queries.list_sites(session, [placement.site_id, *weeks[1]])
    duties = await _duties(session, ring, placement.id)
    school = await _school(session, placement)
    codes = {code for code in (facts.home_la, facts.plan_la, facts.care_la) if code}
    names = await queries.name_authorities(session, sorted(codes))
    bodies: Mapping[NoticeKind, str | None] = {
        NoticeKind.HOME_AUTHORITY: names.get(facts.home_la or ""),
        NoticeKind.PLAN_AUTHORITY: names.get(facts.plan_la or ""),
        NoticeKind.SOCIAL_WORKER: names.get(facts.care_la or ""),
        NoticeKind.VIRTUAL_SCHOOL_HEAD: names.get(facts.care_la or ""),
        NoticeKind.HOME_SCHOOL: school,
        NoticeKind.SERVICE_AGREEMENT: placement.provider_name,
    }
    usual = sites.get(placement.site_id)
    return Particulars(
        kind=needed.kind,
        to=needed.to,
        to_body=bodies.get(needed.kind),
        addressee=_addressee(contact),
        on=clock.today(),
        by=placement.commissioner,
        by_authority=facts.commissioner_la is not None,
        child=f"{identity.given_names} {identity.family_name}",
        first_name=identity.given_names,
        born_on=identity.date_of_birth,
        provider=placement.provider_name,
        provider_phone=usual.phone if usual else None,
        places=_places(placement.site_id, sites),
        weeks=weeks[0],
        starts_on=facts.starts_on,
        planned_end_on=placement.planned_end_on,
        route=Route(placement.route),
        lead=duties.get(Duty.LEAD_CONTACT),
        follow_up=duties.get(Duty.ATTENDANCE_FOLLOW_UP),
        school=school,
        home_la=names.get(facts.home_la or ""),
        report_to=asked.report_to,
        reasons=asked.reasons,
        what_for=asked.what_for or await _objectives(session, ring, placement, child),
        contacts_held=contacts_held or needed.to is not Recipient.PARENT,
    )


def _addressee(contact: SafeContact | None) -> Addressee | None:
    if contact is None:
        return None
    return Addressee(
        name=contact.name,
        post_to=tuple(contact.post_to),
        withhold_address=contact.withhold_address,
        language=contact.language,
        interpreter=contact.interpreter,
        easy_read=contact.easy_read,
    )


async def _weeks(session: WriteSession, placement: Any) -> tuple[Sequence[Week], set[uuid.UUID]]:
    """Return the week that holds and those that follow, and at which sites they are."""
    day = max(clock.today(), placement.starts_on)
    timetables = await list_timetables(session, placement.id)  # the newest first
    later = [one for one in timetables if one.since > day]
    holding = [one for one in timetables if one.since <= day][:1]
    told = [*holding, *reversed(later)] or list(timetables[-1:])
    sessions = await list_sessions(session, placement.id)
    weeks = [
        Week(
            one.since,
            tuple(
                Lesson(row.weekday, row.starts, row.ends, row.site)
                for row in sessions
                if row.timetable_id == one.id
            ),
        )
        for one in told
    ]
    ids = {one.id for one in told}
    return weeks, {row.site_id for row in sessions if row.timetable_id in ids}


def _places(usual: uuid.UUID, sites: Mapping[uuid.UUID, Any]) -> Sequence[Place]:
    """Return the places, the usual one first."""
    ordered = sorted(sites.values(), key=lambda row: (row.id != usual, row.reference))
    return [
        Place(
            row.reference,
            row.name,
            tuple(line for line in (*row.address_lines, row.town, row.postcode) if line),
        )
        for row in ordered
    ]


async def _duties(
    session: WriteSession, ring: Keyring, placement_id: uuid.UUID
) -> Mapping[Duty, Person]:
    held = await handing.look_at(session, placement_id)
    told = await telling.tell(session, ring, placement_id, held)
    return {one.duty: _person(one) for one in told.duties if one.contact is not None}


def _person(one: DutyOut) -> Person:
    contact = one.contact
    if contact is None:
        return Person(one.body.name, None, one.body.name)
    return Person(contact.name, contact.post, one.body.name, contact.phone, contact.email)


async def _school(session: WriteSession, placement: Any) -> str | None:
    day = max(clock.today(), placement.starts_on)
    rows = await list_circumstances(session, placement.child_id)  # the newest first
    held = [one for one in rows if one.since <= day] or list(rows[-1:])
    return held[0].school_name if held else None


async def _objectives(
    session: WriteSession, ring: Keyring, placement: Any, child: Any
) -> str | None:
    """Return the objectives of the plan that was approved, where the placement rests on one."""
    if placement.assessment_id is None:
        return None
    key = personal_parts.open_key(ring, child.id, child.sealed_key)
    for row in await list_steps(session, placement.assessment_id):
        if row.step == Step.PLAN.value:
            parts = personal_parts.decrypt(key, context_of(STEPS, row.id), row.encrypted)
            plan = MODELS[Step.PLAN].model_validate(parts)
            if isinstance(plan, PlanStated) and plan.objectives:
                return "\n".join(one.what for one in plan.objectives)
    return None
