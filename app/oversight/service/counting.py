"""Whether every placement is accounted for, and how many children are placed at each setting."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app import clock
from app.access import Actor, DbRole
from app.db.events import WriteSession
from app.db.transactions import acting_as
from app.errors import FieldFault, InvalidRequestError
from app.organisations.terms import OrganisationKind
from app.oversight.errors import NotAnAuthorityError
from app.oversight.policies import Balance
from app.oversight.queries import counting as queries
from app.oversight.terms import Term


async def balance(
    session: WriteSession, actor: Actor, since: date, until: date
) -> Mapping[str | None, Balance]:
    """Return what is counted over a time: an authority's own, or everybody's for the department.

    Raises:
        NotAnAuthorityError: they act for neither.
        InvalidRequestError: the days are out of order, or lie ahead.
    """
    la_code = authority_of(actor)
    if not since <= until <= clock.today():
        detail = "The time begins before it ends, and ends today at the latest."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, parameter="until"),))
    async with acting_as(session, DbRole.OVERSEER):
        found = await queries.count_balance(session, since, until, la_code)
    codes = dict.fromkeys([la_code] if la_code else [], None) | {one.la_code: None for one in found}
    return {code: Balance(code, _counts(found, code)) for code in codes}


async def by_setting(
    session: WriteSession, actor: Actor, la_code: str | None, after: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return how many children are placed at each site in an authority's area today.

    Raises:
        NotAnAuthorityError: they act for neither that authority nor the department.
        InvalidRequestError: the department names no authority.
    """
    own = authority_of(actor)
    if own is not None and la_code not in {None, own}:
        raise NotAnAuthorityError("An authority sees the settings of its own area.")
    asked = own or la_code
    if asked is None:
        detail = "Name the local authority whose area it is, by its code."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, parameter="la"),))
    async with acting_as(session, DbRole.OVERSEER):
        return await queries.count_by_setting(session, asked, clock.today(), after, most)


def authority_of(actor: Actor) -> str | None:
    """Return for which authority somebody counts; `None`: for all of them.

    Raises:
        NotAnAuthorityError: for none.
    """
    if actor.organisation_kind == OrganisationKind.DEPARTMENT:
        return None
    if actor.la_code is None:
        raise NotAnAuthorityError("Act for a local authority, or for the department.")
    return actor.la_code


def _counts(found: Sequence[Any], code: str | None) -> Mapping[Term, int]:
    return {Term(one.term): one.placements for one in found if one.la_code == code}
