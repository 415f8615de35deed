"""Taking a wrongly published fact out of the log: one person proposes, another settles.

The record is corrected first, by the ordinary ways; what is left are the entries that still tell
the fact. Their bodies become tombstones: number, time and hashes stay, so every proof holds.
"""

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from app import clock
from app.access import Actor, DbRole
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import WriteSession
from app.db.transactions import acting_as
from app.errors import FieldFault
from app.ledger import queries as ledger_queries
from app.ledger import service as ledger
from app.ledger.canonical import canonical
from app.organisations.policies import check_person
from app.outbox.service import enqueue
from app.providers.errors import ProviderNotFoundError
from app.register.errors import (
    DepartmentAloneError,
    NotAnsweringForProviderError,
    NothingToRedactError,
    OwnRedactionError,
    RedactionNotFoundError,
    RedactionRefusedError,
    RedactionSettledError,
    StillPublishedError,
)
from app.register.models import Redaction
from app.register.queries import redactions as queries
from app.register.queries.projection import forget_past
from app.register.renditions import KEEP
from app.register.terms import RedactionGrounds, RedactionState
from app.values.json_pointer import Pointer, parse_pointer, resolve, texts
from app.values.uuid7 import uuid7
from app.values.words import words

SALT_BYTES = 16
STAYS = frozenset({"number", "status"})
"""Members that are no mistake about somebody: that a number was given, and how it stood."""
SHORTEST_TELLING = 4
"""Shorter texts, such as a house number, stand in too many places to tell where they are."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What is to be taken out.

    Attributes:
        pointer: where it stands in the record.
        value: the wrong value there; never stored.
        grounds: why it should not have been published, of a closed list.
        reason: the same in words, for the public.
    """

    pointer: str
    value: Any
    grounds: RedactionGrounds
    reason: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where else the same text stands, which this redaction leaves as it is."""

    entry: int
    pointer: str


async def propose(
    session: WriteSession, actor: Actor, number: str, fact: Fact
) -> tuple[Redaction, list[Elsewhere]]:
    """Propose to take a fact out of every entry of a provider that tells it.

    Returns the redaction, and where else the same text stands: a redaction is of one place.

    Raises:
        ProviderNotFoundError: there is no such provider, or none the caller may see.
        NotAnsweringForProviderError: another authority answers for it, or they worked for it.
        RedactionRefusedError: pointer, value or reason will not do.
        StillPublishedError: the newest entry still tells it.
        NothingToRedactError: no entry tells it.
    """
    person = check_person(actor)
    provider = await queries.find_provider(session, number)
    if provider is None:
        raise ProviderNotFoundError("The register has no provider with this number.")
    if not provider.judges:
        raise NotAnsweringForProviderError(
            "Redactions are proposed by the local authority in whose area the provider works, or "
            "by the department; and by nobody who ever worked for its owner."
        )
    pointer = _checked(fact)
    salt = secrets.token_bytes(SALT_BYTES)
    hashed = _hash(salt, fact.value)
    async with acting_as(session, DbRole.PUBLISHER):
        await queries.lock_provider(session, provider.id)
        bodies = await ledger_queries.find_bodies(session, number)
    held = [(body.entry, orjson.loads(body.record)) for body in bodies]
    redaction = Redaction(
        id=uuid7(),
        provider_id=provider.id,
        number=number,
        pointer=fact.pointer,
        value_hash=hashed,
        salt=salt,
        grounds=fact.grounds.value,
        reason=fact.reason,
        state=RedactionState.PROPOSED.value,
        proposed_by=person,
        organisation_id=actor.organisation_id,
        proposed_at=clock.now(),
        entries=_telling(held, pointer, salt, hashed),
        version=1,
    )
    session.add(redaction)
    await session.flush()
    await record(
        session,
        actor,
        "redaction.proposed",
        _subject(redaction),
        reason=fact.reason,
        after=_told(redaction),
    )
    return redaction, _elsewhere(held, pointer, fact.value, set(redaction.entries))


async def confirm(session: WriteSession, actor: Actor, redaction_id: uuid.UUID) -> Redaction:
    """Take the fact out: every entry that tells it becomes a tombstone, at once and for good.

    Looked for anew, so that entries published since it was proposed are taken too.

    Raises:
        RedactionNotFoundError: the caller sees none of this id.
        DepartmentAloneError: they do not act for the department.
        OwnRedactionError: they proposed it themselves.
        NotAnsweringForProviderError: they worked for the provider's owner.
        RedactionSettledError: it is settled.
        StillPublishedError: the newest entry tells it again.
        NothingToRedactError: other redactions have taken all of them.
    """
    redaction = await _lock_open(session, actor, redaction_id)
    salt, pointer = redaction.salt or b"", parse_pointer(redaction.pointer)
    async with acting_as(session, DbRole.PUBLISHER):
        # The order of locks is publishing's: the provider, and the log's head last.
        await queries.lock_provider(session, redaction.provider_id)
        await ledger_queries.lock_head(session)
        bodies = await ledger_queries.find_bodies(session, redaction.number)
        held = [(body.entry, orjson.loads(body.record)) for body in bodies]
        entries = _telling(held, pointer, salt, redaction.value_hash)
        await ledger.tombstone(session, entries, f"{redaction.grounds}: {redaction.reason}")
        await forget_past(session, entries)
    redaction.entries = entries
    await enqueue(session, actor, KEEP, {})  # files that tell it are sent no more; now they go
    return await _settle(session, actor, redaction, RedactionState.DONE)


async def refuse(session: WriteSession, actor: Actor, redaction_id: uuid.UUID) -> Redaction:
    """Leave the log as it is.

    Raises:
        RedactionNotFoundError: the caller sees none of this id.
        DepartmentAloneError: they do not act for the department.
        OwnRedactionError: they proposed it themselves.
        NotAnsweringForProviderError: they worked for the provider's owner.
        RedactionSettledError: it is settled.
    """
    redaction = await _lock_open(session, actor, redaction_id)
    return await _settle(session, actor, redaction, RedactionState.DECLINED)


def wrong_value(redaction: Redaction, documents: Iterable[Any]) -> Any | None:
    """Return what an open redaction would take out, from the records that tell it.

    It is kept nowhere but in the log; once it has been taken out, nothing tells it.

    Args:
        redaction: which.
        documents: records of its provider, as the log holds them.
    """
    if redaction.salt is None:
        return None
    pointer = parse_pointer(redaction.pointer)
    found = (value for document in documents for value in resolve(document, pointer))
    told = (one for one in found if _hash(redaction.salt, one) == redaction.value_hash)
    return next(told, None)


async def _lock_open(session: WriteSession, actor: Actor, redaction_id: uuid.UUID) -> Redaction:
    person = check_person(actor)
    if await queries.get_redaction(session, redaction_id) is None:
        raise RedactionNotFoundError("There is no redaction with this id that you may see.")
    if not await queries.acts_for_department(session):
        raise DepartmentAloneError(
            "The log is the whole country's. A second officer of the department settles this."
        )
    # From here on PostgreSQL would show those who may not settle it no row to lock.
    seen = await queries.get_redaction(session, redaction_id)
    if seen is not None and not await queries.judges(session, seen.provider_id):
        raise NotAnsweringForProviderError("You worked for the provider's owner.")
    redaction = await queries.get_redaction(session, redaction_id, lock=True)
    if redaction is None:
        raise RedactionNotFoundError("There is no redaction with this id that you may settle.")
    if redaction.state != RedactionState.PROPOSED:
        raise RedactionSettledError(
            f"It was settled before ({redaction.state}), and nothing is done twice.",
            state=redaction.state,
        )
    if redaction.proposed_by == person:
        raise OwnRedactionError("You proposed this redaction. A colleague settles it.")
    return redaction


async def _settle(
    session: WriteSession, actor: Actor, redaction: Redaction, state: RedactionState
) -> Redaction:
    redaction.state = state.value
    redaction.salt = None
    redaction.settled_by = actor.id
    redaction.settled_at = clock.now()
    redaction.version += 1
    await session.flush()
    act = "redaction.done" if state is RedactionState.DONE else "redaction.refused"
    await record(
        session, actor, act, _subject(redaction), reason=redaction.reason, after=_told(redaction)
    )
    return redaction


def _checked(fact: Fact) -> Pointer:
    """Return the pointer read; everything that will not do is told at once."""
    faults: list[FieldFault] = []
    pointer: Pointer = ()
    try:
        pointer = parse_pointer(fact.pointer)
    except ValueError as error:
        faults.append(FieldFault(str(error), "/pointer"))
    if pointer and pointer[0] in STAYS:
        faults.append(
            FieldFault(
                "That a provider was on the register, under this number, stays. If it should "
                "never have been: close or remove its listings, correct its name and sites, then "
                "redact those.",
                "/pointer",
            )
        )
    told = _texts_of(fact.value)
    if fact.value is None or isinstance(fact.value, bool) or not any(told):
        faults.append(FieldFault("Give the wrong value as the record shows it.", "/value"))
    elif not _is_canonical(fact.value):
        faults.append(FieldFault("No record can hold this value.", "/value"))
    elif any(_repeats(fact.reason, text) for text in told):
        faults.append(
            FieldFault(
                "The reason is public and stays: say why, without the fact itself.", "/reason"
            )
        )
    if faults:
        raise RedactionRefusedError(
            "Say where the fact stands, what it says, and why it goes without saying it again.",
            errors=tuple(faults),
        )
    return pointer


def _texts_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for held in value.values() for text in _texts_of(held)]
    if isinstance(value, list):
        return [text for held in value for text in _texts_of(held)]
    return [] if value is None or isinstance(value, bool) else [str(value).strip()]


def _is_canonical(value: Any) -> bool:
    try:
        canonical({"value": value})
    except (ValueError, TypeError):
        return False
    return True


def _repeats(reason: str, text: str) -> bool:
    wrong, said = words(text), words(reason)
    if not wrong or len("".join(wrong)) < SHORTEST_TELLING:
        return False
    return any(said[at : at + len(wrong)] == wrong for at in range(len(said)))


def _hash(salt: bytes, value: Any) -> bytes:
    return hashlib.sha256(salt + canonical({"value": value})).digest()


def _telling(
    held: list[tuple[int, Any]], pointer: Pointer, salt: bytes, hashed: bytes
) -> list[int]:
    """Return the entries that tell the fact, oldest first; the newest must not be one of them."""
    telling = [
        entry
        for entry, document in held
        if any(_hash(salt, value) == hashed for value in resolve(document, pointer))
    ]
    if not telling:
        raise NothingToRedactError(
            "No entry of this provider holds this value at this place. The history shows what each "
            "holds; /sites/*/address/lines/* looks at every line of every site."
        )
    if telling[0] == held[0][0]:
        raise StillPublishedError(
            "The newest record still says it. Correct the record first (a name, a site, an offer); "
            "then redact what came before.",
            entry=telling[0],
        )
    return sorted(telling)


def _elsewhere(
    held: list[tuple[int, Any]], pointer: Pointer, value: Any, taken: set[int]
) -> list[Elsewhere]:
    """Return where the same text stands in entries that stay."""
    if not isinstance(value, str) or len(value.strip()) < SHORTEST_TELLING:
        return []
    wrong = " ".join(words(value))
    return [
        Elsewhere(entry, at)
        for entry, document in held
        if entry not in taken
        for at, text in texts(document)
        if wrong and wrong in " ".join(words(text))
    ]


def _subject(redaction: Redaction) -> Subject:
    return Subject("redaction", redaction.id, redaction.number, redaction.organisation_id)


def _told(redaction: Redaction) -> dict[str, Any]:
    names = ("number", "pointer", "grounds", "state", "entries")
    return {name: getattr(redaction, name) for name in names}
