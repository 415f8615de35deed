"""Whether two commissioners hold one child: found out by keyed hashes, and told to neither.

One number and one day of birth are one child. Whatever else looks alike is asked of a person: the
local authority where both live, otherwise the department. Nobody learns who the other is.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app import clock
from app.access import DbRole
from app.children.errors import ChildHeldAlreadyError
from app.children.queries import links as queries
from app.children.schemas import ChildIdentity
from app.children.terms import MatchMethod, MatchStatus
from app.db.events import WriteSession
from app.db.transactions import acting_as
from app.errors import FieldFault
from app.keyring.ring import Keyring
from app.organisations.service.matching_keys import hash_for_matching
from app.values.upn import is_temporary
from app.values.uuid7 import uuid7
from app.values.words import plain

BY_UPN = "child-upn"
BY_LIKENESS = "child-likeness"
"""Purposes of matching keys; those of children are the matcher's alone (row security)."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a record was found to match.

    Attributes:
        link_id: what links the records of this child; its own where nothing fits exactly.
        status: whether something fits.
        method: what fits.
    """

    link_id: uuid.UUID
    status: MatchStatus
    method: MatchMethod | None


async def match_child(
    session: WriteSession,
    ring: Keyring,
    of: tuple[uuid.UUID, uuid.UUID],
    identity: ChildIdentity,
) -> Linked:
    """Find out which other records are of this child, and keep what this one is compared by.

    Args:
        session: the transaction that adds the child or changes who it is.
        ring: what the matching keys are sealed under.
        of: the child's id and its commissioner's.
        identity: who it is.

    Raises:
        ChildHeldAlreadyError: the commissioner holds another record with this number.
    """
    child_id, commissioner_id = of
    async with acting_as(session, DbRole.MATCHER):
        upn_hash, likeness_hash = await _hashes(session, ring, identity)
        await queries.lock_hashes(session, *filter(None, (upn_hash, likeness_hash)))
        found = await queries.find_like(session, child_id, upn_hash, likeness_hash)
        numbered = [one for one in found if upn_hash and one.upn_hash == upn_hash]
        _refuse_second(numbered, commissioner_id)
        held = await queries.get_own(session, child_id)
        own = held.link_id if held and held.upn_hash in {None, upn_hash} else uuid7()
        linked = _choose(own, numbered, found, identity)
        await queries.keep_link(
            session,
            {
                "child_id": child_id,
                "link_id": linked.link_id,
                "upn_hash": upn_hash,
                "likeness_hash": likeness_hash,
            },
        )
        await _ask(session, child_id, found, linked, identity)
    return linked


async def link_of(session: WriteSession, child_id: uuid.UUID) -> uuid.UUID:
    """Return what links the records of this child; it stays so until the transaction ends.

    Raises:
        LookupError: it was never matched, or erased.
    """
    async with acting_as(session, DbRole.MATCHER):
        held = await queries.get_own(session, child_id, keep=True)
    return _link(held)


async def join(
    session: WriteSession, child_id: uuid.UUID, other_id: uuid.UUID
) -> tuple[uuid.UUID, Sequence[uuid.UUID]]:
    """Make two records one child's, with whatever the first was joined with.

    Returns:
        Their link, and the records whose link it is from now on.
    """
    async with acting_as(session, DbRole.MATCHER):
        kept = _link(await queries.get_own(session, other_id))
        former = _link(await queries.get_own(session, child_id))
        return kept, await queries.relink(session, former, kept)


async def part(session: WriteSession, child_id: uuid.UUID) -> uuid.UUID:
    """Take a record for another child's than those it was linked with; return its own link."""
    async with acting_as(session, DbRole.MATCHER):
        link_id = uuid7()
        await queries.part(session, child_id, link_id)
        return link_id


async def ask_of_weeks(
    session: WriteSession, child_id: uuid.UUID, others: Sequence[uuid.UUID]
) -> None:
    """Ask whether a record is of the same child as others by which it is in two places at once.

    A pair that was asked about before is not asked about again.
    """
    async with acting_as(session, DbRole.MATCHER):
        home = await queries.home_of(session, child_id)
        homes = {other_id: await queries.home_of(session, other_id) for other_id in others}
        rows = [
            _question((child_id, other_id), MatchMethod.TWO_PLACES, (home, homes[other_id]))
            for other_id in others
        ]
        if rows:
            await queries.ask(session, rows)


async def forget(session: WriteSession, child_id: uuid.UUID) -> None:
    """Drop what an erased child was compared by, and every question about it."""
    async with acting_as(session, DbRole.MATCHER):
        await queries.forget(session, child_id)


def _link(held: Any | None) -> uuid.UUID:
    if held is None:
        message = "a child's record that was never matched"
        raise LookupError(message)
    link_id: uuid.UUID = held.link_id
    return link_id


async def _hashes(
    session: WriteSession, ring: Keyring, identity: ChildIdentity
) -> tuple[bytes | None, bytes]:
    """Return the hash of a child's number, unless it is none or temporary, and of its likeness."""
    upn_hash = None
    if identity.upn is not None and not is_temporary(identity.upn):
        upn_hash = await hash_for_matching(session, ring, BY_UPN, identity.upn.encode())
    first = identity.given_names.split()[0]
    alike = f"{_letters(identity.family_name)} {_letters(first)} {identity.date_of_birth}"
    return upn_hash, await hash_for_matching(session, ring, BY_LIKENESS, alike.encode())


def _letters(name: str) -> str:
    """Return a name without accents, hyphens and apostrophes: they are written now and then."""
    return "".join(one for one in plain(name) if one.isalnum())


def _refuse_second(numbered: Sequence[Any], commissioner_id: uuid.UUID) -> None:
    own = next((one for one in numbered if one.commissioner_id == commissioner_id), None)
    if own is not None:
        detail = "You hold a child with this UPN already, under another reference. Use that record."
        raise ChildHeldAlreadyError(
            detail, errors=(FieldFault(detail, "/upn"),), child=str(own.child_id)
        )


def _choose(
    own: uuid.UUID, numbered: Sequence[Any], found: Sequence[Any], identity: ChildIdentity
) -> Linked:
    """Say which link a record gets: that of the same number and birth, otherwise its own."""
    for one in numbered:
        if one.date_of_birth == identity.date_of_birth:
            return Linked(one.link_id, MatchStatus.EXACT, MatchMethod.UPN_AND_BIRTH)
    if numbered:
        return Linked(own, MatchStatus.POSSIBLE, MatchMethod.UPN_ALONE)
    if any(one.link_id != own for one in found):
        return Linked(own, MatchStatus.POSSIBLE, MatchMethod.NAME_AND_BIRTH)
    return Linked(own, MatchStatus.NONE, None)


async def _ask(
    session: WriteSession,
    child_id: uuid.UUID,
    found: Sequence[Any],
    linked: Linked,
    identity: ChildIdentity,
) -> None:
    """Ask about each record that may be the same child's and is not linked."""
    home = await queries.home_of(session, child_id)
    rows, asked = [], set[uuid.UUID]()
    for one in found:
        if one.link_id == linked.link_id or one.link_id in asked:
            continue
        asked.add(one.link_id)
        by_birth = one.date_of_birth == identity.date_of_birth
        method = MatchMethod.NAME_AND_BIRTH if by_birth else MatchMethod.UPN_ALONE
        rows.append(_question((child_id, one.child_id), method, (home, one.home_la)))
    if rows:
        await queries.ask(session, rows)


def _question(
    pair: tuple[uuid.UUID, uuid.UUID], method: MatchMethod, homes: tuple[str | None, str | None]
) -> dict[str, Any]:
    """Return a question about two records, for the authority where both live, if one is."""
    older, newer = sorted(pair)
    return {
        "id": uuid7(),
        "child_id": newer,
        "other_child_id": older,
        "method": method,
        "la_code": homes[0] if homes[0] == homes[1] else None,
        "asked_at": clock.now(),
        "version": 1,
    }
