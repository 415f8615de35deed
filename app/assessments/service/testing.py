"""A setting is tested with a proposed week; how often in an hour is limited, and every time kept.

Whoever could ask at will could find out, hour by hour, whom others place there.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NoReturn

from app import clock
from app.access import Actor
from app.assessments.errors import WhatIfLimitError
from app.assessments.queries import options as queries
from app.assessments.queries import settings
from app.assessments.schemas.options import WhatIfAsked, WhatIfOut
from app.assessments.service.assessing import check_open, check_own, look_at, subject_of
from app.assessments.terms import AskedAs
from app.audit.service import record
from app.children.service.matching import link_of
from app.db.events import WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.occupancy.schemas import Timetable
from app.occupancy.service.threshold import Asked, Tested, check
from app.occupancy.service.timetables import minutes_by_institution, minutes_by_site, places_of
from app.providers.errors import ProviderNotFoundError
from app.rules.registration.facts import Delivery
from app.rules.suitability.law import WHAT_IF_LIMITED
from app.values.uuid7 import uuid7

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A week at a setting, for as long as a place lasts.

    Attributes:
        provider_id: whose setting it is.
        site_id: the usual site.
        timetable: the week.
        delivery: how the child is taught there.
        since: the first day.
        until: the last, if one is planned.
    """

    provider_id: uuid.UUID
    site_id: uuid.UUID
    timetable: Timetable
    delivery: Delivery
    since: date
    until: date | None


async def what_if(
    session: WriteSession, actor: Actor, assessment_id: uuid.UUID, asked: WhatIfAsked
) -> WhatIfOut:
    """Say what a timetable would mean for a setting: a light and the day. No case is opened.

    Raises:
        AssessmentNotFoundError, AssessmentNotYoursError, AssessmentClosedError: it is not an open
            assessment of the actor's own.
        WhatIfLimitError: the actor's organisation asked as often as it may.
        ProviderNotFoundError, InvalidRequestError: as for `site_named`.
    """
    assessment = await look_at(session, assessment_id)
    check_own(actor, assessment)
    check_open(assessment)
    since = asked.starts_on or assessment.starts_on
    until = asked.ends_on or assessment.ends_on
    if until is not None and until < since:
        _refuse("It ends before it starts. Check both days.", "/ends_on")
    site = await site_named(session, (asked.provider, asked.site), since)
    left = await check_room(session, assessment.commissioner_id)
    week = Proposed(site.provider_id, site.id, asked, asked.delivery, since, until)
    tested = await test_week(session, actor, assessment, week, AskedAs.WHAT_IF)
    return WhatIfOut(light=tested.light, on=tested.on, left_this_hour=left - 1)


async def test_week(
    session: WriteSession, actor: Actor, assessment: Any, week: Proposed, asked_as: AskedAs
) -> Tested:
    """Test a setting with a proposed week, and write down that it was.

    Raises:
        InvalidRequestError: the provider has no such open site.
    """
    places = await places_of(session, week.provider_id, week.site_id, week.timetable)
    tested = await check(
        session,
        Asked(
            link_id=await link_of(session, assessment.child_id),
            minutes=await minutes_by_institution(session, places),
            since=week.since,
            until=week.until,
            delivery=week.delivery,
            minutes_elsewhere=week.timetable.minutes_elsewhere,
        ),
    )
    row = {
        "id": uuid7(),
        "assessment_id": assessment.id,
        "commissioner_id": assessment.commissioner_id,
        "site_id": week.site_id,
        "asked_as": asked_as.value,
        "weekly_minutes": sum(minutes_by_site(places).values()),
        "light": tested.light.value,
        "asked_by_name": actor.name,
        "asked_at": clock.now(),
    }
    await queries.add_test(session, row)
    subject = subject_of(assessment.id, assessment.commissioner_id)
    after = {"asked_as": asked_as, "light": tested.light}
    await record(session, actor, "assessment.setting_tested", subject, after=after)
    return tested


async def check_room(session: WriteSession, commissioner_id: uuid.UUID) -> int:
    """Return how often a commissioner may still have a setting tested now.

    Nobody else of it asks until the transaction ends, so two at once cannot both be the last.

    Raises:
        WhatIfLimitError: not once more.
    """
    await queries.lock_asking(session, commissioner_id)
    present = clock.now()
    asked = await queries.list_asked(session, commissioner_id, present - _HOUR)
    most = WHAT_IF_LIMITED.figures["times_an_hour"]
    if len(asked) >= most:
        wait = asked[len(asked) - most] + _HOUR - present
        seconds = max(1, int(wait.total_seconds()) + 1)
        raise WhatIfLimitError(
            f"Your organisation had settings tested {most} times within an hour, which is as often "
            f"as may be. Ask again in {-(-seconds // 60)} minutes.",
            headers={"Retry-After": str(seconds)},
            basis=WHAT_IF_LIMITED.basis.value,
        )
    return most - len(asked)


async def site_named(session: WriteSession, named: tuple[str, int], day: date) -> Any:
    """Return a provider's site by number and reference.

    Raises:
        ProviderNotFoundError: no provider that the actor may see has this number.
        InvalidRequestError: it has no such site, or the site is closed by the day.
    """
    number, reference = named[0].upper(), named[1]
    site = await settings.find_site(session, number, reference)
    if site is None:
        detail = "No provider that you may see has this number."
        raise ProviderNotFoundError(detail, errors=(FieldFault(detail, "/provider"),))
    if site.id is None:
        _refuse(f"The provider has no site {reference}.", "/site")
    if site.closed_on is not None and site.closed_on <= day:
        _refuse(f"The site closed on {site.closed_on}. Name an open one.", "/site")
    return site


def _refuse(detail: str, where: str) -> NoReturn:
    raise InvalidRequestError(detail, errors=(FieldFault(detail, where),))
