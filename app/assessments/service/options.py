"""Settings are looked at for a child, compared, turned down with reasons, or chosen."""

import uuid
from typing import Any

from app import clock
from app.access import Actor
from app.assessments.errors import OptionNotFoundError
from app.assessments.queries import assessments
from app.assessments.queries import options as queries
from app.assessments.schemas.options import OptionStated
from app.assessments.service.assessing import OPTIONS, held, key_of, subject_of
from app.assessments.service.testing import Proposed, check_room, site_named, test_week
from app.assessments.terms import AskedAs, OptionStanding
from app.audit.service import record
from app.children import personal_parts
from app.db.events import WriteSession
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.occupancy.schemas import Timetable, TimetabledSession
from app.occupancy.service.timetables import minutes_by_site, places_of
from app.rules.registration.facts import Delivery
from app.values.uuid7 import uuid7


async def add(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, int],
    stated: OptionStated,
) -> uuid.UUID:
    """Look at one more setting; with a proposed week it is tested. Return its id.

    Raises:
        AssessmentNotFoundError, AssessmentNotYoursError, AssessmentClosedError: as for `held`.
        VersionChangedError: it was changed since they read it.
        ProviderNotFoundError, InvalidRequestError: as for `site_named`.
        WhatIfLimitError: as for `check_room`.
    """
    assessment = await held(session, actor, *of)
    option_id = uuid7()
    row = await _row(session, actor, ring, (assessment, option_id, None), stated)
    present = clock.now()
    own = {"id": option_id, "assessment_id": assessment.id, "recorded_at": present}
    await _make_way(session, assessment, stated)
    await queries.add_option(session, own | row)
    await _note(session, actor, assessment, stated)
    return option_id


async def change(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, uuid.UUID, int],
    stated: OptionStated,
) -> None:
    """Put what is known of a setting right; another proposed week is tested anew.

    Args:
        session: the transaction.
        actor: of the commissioner.
        ring: opens the child's key.
        of: the assessment's id, the setting's, and the version that the caller read.
        stated: the whole of it.

    Raises:
        OptionNotFoundError: the assessment has no such setting.
        Others: as for `add`.
    """
    assessment_id, option_id, expected = of
    assessment = await held(session, actor, assessment_id, expected)
    there = await queries.get_option(session, option_id)
    if there is None or there.assessment_id != assessment.id:
        raise OptionNotFoundError("The assessment has no setting of this id. Read it again.")
    row = await _row(session, actor, ring, (assessment, option_id, there), stated)
    await _make_way(session, assessment, stated)
    await queries.change_option(session, option_id, row)
    await _note(session, actor, assessment, stated)


def sessions_of(timetable: Timetable) -> list[dict[str, Any]]:
    """Return the sessions of a proposed week as they are kept."""
    return [one.model_dump(mode="json") for one in timetable.sessions]


async def _row(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[Any, uuid.UUID, Any | None],
    stated: OptionStated,
) -> dict[str, Any]:
    assessment, option_id, there = of
    site = await site_named(session, (stated.provider, stated.site), assessment.starts_on)
    key = await key_of(session, ring, assessment.child_id)
    words = {"gaps": stated.gaps, "reasons": stated.reasons}
    return {
        "site_id": site.id,
        "programme": stated.programme,
        "delivery": stated.delivery.value,
        "price_pence": stated.price.pence if stated.price else None,
        "price_unit": stated.price.unit.value if stated.price else None,
        "standing": stated.standing.value,
        "encrypted": personal_parts.encrypt(key, context_of(OPTIONS, option_id), words),
        **await _week(session, actor, (assessment, site, there), stated),
    }


async def _week(
    session: WriteSession, actor: Actor, of: tuple[Any, Any, Any | None], stated: OptionStated
) -> dict[str, Any]:
    """Return the proposed week as it is kept, tested unless it was with the very same."""
    assessment, site, there = of
    week = stated.timetable
    if week is None:
        names = ("sessions", "weekly_minutes", "minutes_elsewhere", "light", "reached_on")
        return dict.fromkeys((*names, "tested_at"))
    places = await places_of(session, site.provider_id, site.id, week)
    row: dict[str, Any] = {
        "sessions": sessions_of(week),
        "weekly_minutes": sum(minutes_by_site(places).values()),
        "minutes_elsewhere": week.minutes_elsewhere,
    }
    asked = row | {"site_id": site.id, "delivery": stated.delivery.value}
    if there is not None and all(getattr(there, name) == value for name, value in asked.items()):
        return row
    await check_room(session, assessment.commissioner_id)
    proposed = Proposed(
        site.provider_id,
        site.id,
        week,
        stated.delivery,
        assessment.starts_on,
        assessment.ends_on,
    )
    tested = await test_week(session, actor, assessment, proposed, AskedAs.OPTION)
    found = {"light": tested.light.value, "reached_on": tested.on, "tested_at": clock.now()}
    return row | found


async def _make_way(session: WriteSession, assessment: Any, stated: OptionStated) -> None:
    """Let the setting that was chosen before be one of several again."""
    if stated.standing is OptionStanding.CHOSEN:
        await queries.choose_none(session, assessment.id)


async def _note(session: WriteSession, actor: Actor, assessment: Any, stated: OptionStated) -> None:
    await assessments.change_assessment(session, assessment.id, {})
    subject = subject_of(assessment.id, assessment.commissioner_id)
    after = {
        "provider": stated.provider.upper(),
        "site": stated.site,
        "standing": stated.standing,
    }
    await record(session, actor, "assessment.option_stated", subject, after=after)


def proposed_week(assessment: Any, option: Any) -> Proposed:
    """Return the week that is proposed at a setting, as it is kept."""
    week = Timetable(
        sessions=[TimetabledSession.model_validate(one) for one in option.sessions],
        minutes_elsewhere=option.minutes_elsewhere,
    )
    return Proposed(
        option.provider_id,
        option.site_id,
        week,
        Delivery(option.delivery),
        assessment.starts_on,
        assessment.ends_on,
    )
