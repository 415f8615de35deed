"""Whose a record is to whoever asks, and what its owner says of the provider as a whole."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import clock
from app.access import Actor, ActorKind
from app.audit.fields import changed
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession, announce
from app.errors import VersionChangedError
from app.organisations.service.organisations import get_organisation
from app.organisations.terms import OrganisationKind
from app.providers.errors import (
    NotYoursToJudgeError,
    NumbersUsedUpError,
    OwnersOnlyError,
    PersonNeededError,
    ProviderNotFoundError,
    RecordNotYoursError,
)
from app.providers.events import ProviderChanged
from app.providers.likeness import Likened, find_likely
from app.providers.models.ownership import ProviderOwner
from app.providers.models.providers import Provider
from app.providers.queries import recording
from app.providers.queries import records as queries
from app.providers.schemas.record import NewRecord, RecordChange
from app.providers.service.recording import Rename, rename_providers
from app.providers.terms import Status
from app.values.provider_number import LARGEST, provider_number
from app.values.uuid7 import uuid7
from app.values.words import words

_MOST_CANDIDATES = 500
_SHORTEST_TELLING = 4


@dataclass(frozen=True, slots=True)
class Held:
    """A record, and what whoever asks is to it.

    Attributes:
        id: the provider's.
        number: likewise.
        name: likewise.
        status: likewise.
        owns: whether they act for its owner.
        answers: whether their authority, or the department, answers for it.
        judges: whether they may decide about it: they answer, and never worked for its owner.
        owner_id: of the organisation it belongs to, if any.
        owner_name: likewise.
        owned_since: likewise.
    """

    id: uuid.UUID
    number: str
    name: str
    status: str
    owns: bool
    answers: bool
    judges: bool
    owner_id: uuid.UUID | None
    owner_name: str | None
    owned_since: datetime | None


async def look_at(session: ReadSession | WriteSession, number: str) -> Held:
    """Return a record that the actor owns or answers for.

    Raises:
        ProviderNotFoundError: there is none, or it is none of their business.
    """
    found = await queries.get_held(session, number.upper())
    if found is None or not (found.owns or found.answers):
        raise ProviderNotFoundError(
            "No record has this number, or none that you own or answer for. Check the number; what "
            "is public of a provider is at /v1/providers."
        )
    return Held(*found)


async def keep(session: WriteSession, number: str) -> tuple[Held, Provider]:
    """Return a record of the actor's own, its provider locked.

    Raises:
        ProviderNotFoundError: as for `look_at`.
        RecordNotYoursError: they answer for it, but its owner keeps it.
    """
    held = await look_at(session, number)
    if not held.owns:
        raise RecordNotYoursError(
            f"{held.name} is kept by {held.owner_name or 'nobody yet: invite its owner'}. Tell "
            "them what should be changed, or say what you found by a verification."
        )
    return held, await _locked(session, held.id)


async def judge(session: WriteSession, number: str) -> tuple[Held, Provider]:
    """Return a record that the actor may decide about, its provider locked; as `judged`."""
    held = await judged(session, number)
    return held, await _locked(session, held.id)


async def judged(session: ReadSession | WriteSession, number: str) -> Held:
    """Return a record that the actor may decide about.

    Raises:
        ProviderNotFoundError: as for `look_at`.
        NotYoursToJudgeError: they work, or worked, for whoever owns or owned it.
    """
    held = await look_at(session, number)
    if not held.judges:
        raise NotYoursToJudgeError(
            f"You own {held.name}, or work or have worked for whoever owns or owned it, so this is "
            "for a colleague who has not."
        )
    return held


async def begin(session: WriteSession, actor: Actor, new: NewRecord) -> tuple[str, list[str]]:
    """Begin the record of a provider that the actor's organisation owns.

    Returns its number, and the numbers of records that may be the same provider: likeliest first.

    Raises:
        PersonNeededError: a machine asks.
        OwnersOnlyError: the actor acts for no owner of providers.
        NumbersUsedUpError: six digits no longer suffice.
    """
    person_of(actor)
    organisation_id = actor.organisation_id or uuid.UUID(int=0)
    organisation = await get_organisation(session, organisation_id)
    if organisation.kind != OrganisationKind.PROVIDER_OWNER:
        raise OwnersOnlyError(
            f"You act for {organisation.name}, which owns no providers. Invite the owner to claim "
            "a record instead."
        )
    alike = await _likely_duplicates(session, new.name)
    sequence = await queries.take_number(session)
    if sequence > LARGEST:
        raise NumbersUsedUpError
    present = clock.now()
    row: dict[str, Any] = {
        "id": uuid7(),
        "number": provider_number(sequence),
        "status": Status.KNOWN,
        "status_since": clock.today(),
        "recorded_at": present,
        "changed_at": present,
        **new.model_dump(),
    }
    await recording.insert_rows(session, Provider, [row])
    provider_id = row["id"]
    ownership = {"id": uuid7(), "provider_id": provider_id, "organisation_id": organisation_id}
    await recording.insert_rows(session, ProviderOwner, [ownership | {"began_at": present}])
    announce(session, ProviderChanged(provider_id))
    subject = Subject("provider", provider_id, new.name, organisation_id)
    after = {"number": row["number"], **new.model_dump(exclude_none=True)}
    await record(session, actor, "provider_record.begun", subject, after=after)
    return row["number"], alike


async def change(
    session: WriteSession, actor: Actor, number: str, asked: RecordChange, expected: int
) -> None:
    """Change what a record says of the provider itself; a former name is kept.

    Raises:
        ProviderNotFoundError: as for `look_at`.
        RecordNotYoursError: as for `keep`.
        VersionChangedError: somebody changed it since the actor read it.
    """
    held, provider = await keep(session, number)
    check_version(provider.version, expected, held.name)
    stated = {name: getattr(asked, name) for name in asked.model_fields_set}
    before = {name: getattr(provider, name) for name in stated}
    was, now = changed(before, stated)
    if not now:
        return
    name = stated.pop("name", provider.name)
    if name != provider.name:
        await rename_providers(session, actor, [Rename(provider.id, name, clock.today())])
    else:
        provider.version += 1
        provider.changed_at = clock.now()
    for field, value in stated.items():
        setattr(provider, field, value)
    await session.flush()
    announce(session, ProviderChanged(provider.id))
    await record(session, actor, "provider_record.changed", subject_of(held), before=was, after=now)


def check_version(present: int, expected: int, name: str) -> None:
    """See that what is changed is what was read.

    Raises:
        VersionChangedError: it is not.
    """
    if present != expected:
        raise VersionChangedError(
            f"{name} was changed since you read it. Read it again, then change it."
        )


def person_of(actor: Actor) -> uuid.UUID:
    """Return the id of the person who acts.

    Raises:
        PersonNeededError: it is a machine.
    """
    if actor.kind is not ActorKind.PERSON or actor.id is None:
        raise PersonNeededError("This is said in somebody's own name; a machine has none. Sign in.")
    return actor.id


def subject_of(held: Held) -> Subject:
    """Return a record as what an act was done to; its owner sees the act too."""
    return Subject("provider", held.id, held.name, held.owner_id, held.owner_name)


def part_of(held: Held, kind: str, part_id: uuid.UUID, label: str | None = None) -> Subject:
    """Return a part of a record as what an act was done to."""
    return Subject(kind, part_id, label or held.name, held.owner_id, held.owner_name)


async def _locked(session: WriteSession, provider_id: uuid.UUID) -> Provider:
    (provider,) = await recording.lock_providers(session, [provider_id])
    return provider


async def _likely_duplicates(session: WriteSession, name: str) -> list[str]:
    told = words(name)
    telling = [word for word in told if len(word) >= _SHORTEST_TELLING] or told
    rows = await queries.find_alike_by_words(session, telling, _MOST_CANDIDATES)
    known = [Likened(row.number, (row.name, *row.other_names)) for row in rows]
    found = find_likely([Likened("new", (name,))], known)
    return list(dict.fromkeys(pair.other.key for pair in found))
