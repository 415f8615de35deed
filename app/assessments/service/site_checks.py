"""A commissioner's own checks of sites: recorded once, used for every child, or withdrawn."""

import uuid
from typing import Any, NoReturn

from app import clock
from app.access import Actor
from app.assessments.errors import (
    SiteCheckNotFoundError,
    SiteCheckNotYoursError,
    SiteCheckWithdrawnError,
)
from app.assessments.queries import site_checks as queries
from app.assessments.schemas.site_checks import NewSiteCheck, SiteCheckWithdrawal
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.organisations.terms import PLACING_KINDS
from app.providers.errors import ProviderNotFoundError
from app.rules.site_checks import last_day_of_use
from app.values.uuid7 import uuid7


async def record_check(session: WriteSession, actor: Actor, new: NewSiteCheck) -> uuid.UUID:
    """Record what the actor's organisation saw of a site; return the check's id.

    Raises:
        SiteCheckNotYoursError: the actor's organisation places no children.
        ProviderNotFoundError: no provider that the actor may see has this number.
        InvalidRequestError: it has no such site, the day lies ahead, or it is of no use any more.
    """
    if actor.organisation_id is None or actor.organisation_kind not in PLACING_KINDS:
        raise SiteCheckNotYoursError("Act for a school, trust or local authority to record one.")
    site = await queries.find_site(session, new.provider.upper(), new.site)
    if site is None:
        detail = "No provider that you may see has this number."
        raise ProviderNotFoundError(detail, errors=(FieldFault(detail, "/provider"),))
    if site.site_id is None:
        _refuse(f"The provider has no site {new.site}.", "/site")
    if new.seen_on > clock.today():
        _refuse("Nothing is seen in the future. Give today or an earlier day.", "/seen_on")
    if new.valid_until is not None and new.valid_until < new.seen_on:
        _refuse("It was out of date on the day it was seen. Look at a valid one.", "/valid_until")
    row = {
        "id": uuid7(),
        "commissioner_id": actor.organisation_id,
        "site_id": site.site_id,
        "kind": new.kind.value,
        "seen_on": new.seen_on,
        "seen_by": new.seen_by,
        "what": new.what,
        "usable_until": last_day_of_use(new.seen_on, new.valid_until),
        "is_shared": new.shared,
        "recorded_by_name": actor.name,
        "recorded_at": clock.now(),
        "version": 1,
    }
    await queries.add_check(session, row)
    subject = Subject("site-check", row["id"], new.provider.upper(), actor.organisation_id)
    after = {"kind": new.kind, "site": new.site, "seen_on": new.seen_on}
    await record(session, actor, "site_check.recorded", subject, after=after)
    return uuid.UUID(str(row["id"]))


async def look_at(session: ReadSession | WriteSession, check_id: uuid.UUID) -> Any:
    """Return a check that the actor may use.

    Raises:
        SiteCheckNotFoundError: there is none.
    """
    found = await queries.get_check(session, check_id)
    if found is None:
        raise SiteCheckNotFoundError(
            "No check has this id, or none of your organisation or shared within it."
        )
    return found


async def withdraw(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], said: SiteCheckWithdrawal
) -> None:
    """Say that a check is no longer to be used; it stays readable.

    Raises:
        SiteCheckNotFoundError: there is none that the actor may use.
        SiteCheckNotYoursError: another organisation recorded it.
        VersionChangedError: it was changed since they read it.
        SiteCheckWithdrawnError: it was withdrawn already.
    """
    check_id, expected = of
    seen = await look_at(session, check_id)
    if seen.commissioner_id != actor.organisation_id:
        raise SiteCheckNotYoursError("Only the organisation that recorded it withdraws it.")
    held = await queries.get_check(session, check_id, lock=True)
    if held is None or held.version != expected:
        detail = "It was changed since you read it. Read it again."
        raise VersionChangedError(detail, version=held.version if held else None)
    if held.withdrawn_at is not None:
        raise SiteCheckWithdrawnError("It was withdrawn already. Record what was seen anew.")
    values = {"withdrawn_at": clock.now(), "withdrawn_reason": said.reason}
    await queries.withdraw_check(session, check_id, values)
    subject = Subject("site-check", check_id, held.provider, actor.organisation_id)
    await record(session, actor, "site_check.withdrawn", subject)


def _refuse(detail: str, where: str) -> NoReturn:
    raise InvalidRequestError(detail, errors=(FieldFault(detail, where),))
