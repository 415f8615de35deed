"""Nobody walks back in unseen: what an application shares with records removed or refused.

What is found is noted on the application when it is submitted, and anew when an assessor opens it
or a decision is due. What was noted stays noted: an applicant that takes a telephone number out
again has given it once. An assessor judges each match; one that says more than was judged is to be
judged again.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record, record_read
from app.audit.terms import Purpose, Subject
from app.db.events import ReadSession, WriteSession
from app.providers.errors import ApplicationNotFoundError, MatchNotFoundError, NotYoursToJudgeError
from app.providers.models.listings import WalkBackMatch
from app.providers.queries import matches as queries
from app.providers.terms import Ground, MatchJudgement
from app.providers.traces import gather
from app.providers.walking_back import Connection, find_connected
from app.values.uuid7 import uuid7


@dataclass(frozen=True, slots=True)
class Match:
    """A match as an assessor sees it.

    Attributes:
        noted: the row.
        other: number, name, status, how it left and when.
        sentences: what is shared, by ground; a ground that the application no longer shows has
            none.
    """

    noted: WalkBackMatch
    other: Any
    sentences: dict[Ground, list[str]]


async def find_matches(
    session: ReadSession | WriteSession, actor: Actor, provider_id: uuid.UUID
) -> list[tuple[uuid.UUID, Connection]]:
    """Return records removed or refused that an applicant may be connected with, telling first.

    Other records are looked at past what the actor may see; what comes back names only what the
    applicant itself has given. Nothing, unless an application of it waits for a decision.

    Args:
        session: a transaction of whoever owns the applicant's record, or answers for it.
        actor: who that is.
        provider_id: the applicant.
    """
    rows = await queries.find_traces(session, provider_id, clock.today())
    ids = {row.number: row.record for row in rows}
    read = gather(rows)
    if not read["own"]:
        return []
    (own,) = read["own"]
    found = find_connected(own, read["gone"], read["near"])
    return [(ids[each.key], each) for each in found]


async def note_matches(session: WriteSession, actor: Actor, listing_id: uuid.UUID) -> None:
    """Note what an application shares with records removed or refused.

    Called when it is submitted, by its owner, who learns nothing of it; and when an assessor opens
    it or proposes or confirms a decision. What the owner causes adds matches; what an assessor
    causes also brings those noted up to date.

    Args:
        session: the transaction that submits, opens or decides.
        actor: whoever does.
        listing_id: the application's.

    Raises:
        ApplicationNotFoundError: there is none that the actor may see.
    """
    listing = await queries.get_listing(session, listing_id)
    if listing is None:
        raise ApplicationNotFoundError
    await _note(session, actor, listing)


async def open_matches(session: WriteSession, actor: Actor, listing_id: uuid.UUID) -> list[Match]:
    """Return what `list_matches` does, and write down that somebody looked.

    Raises:
        ApplicationNotFoundError: as there.
    """
    found = await list_matches(session, actor, listing_id)
    subject = Subject("listing", listing_id)
    await record_read(session, actor, "matches.read", subject, Purpose.QUALITY_ASSURANCE)
    return found


async def list_matches(session: WriteSession, actor: Actor, listing_id: uuid.UUID) -> list[Match]:
    """Return the matches of an application, brought up to date, most telling first.

    Raises:
        ApplicationNotFoundError: there is none that the actor's organisation answers for; its owner
            learns nothing of matches.
    """
    listing = await _answered_for(session, listing_id)
    if not listing.judges:
        return await noted_matches(session, actor, listing_id)
    return await _told(session, listing_id, await _note(session, actor, listing))


async def noted_matches(
    session: ReadSession | WriteSession, actor: Actor, listing_id: uuid.UUID
) -> list[Match]:
    """Return the matches of an application that are noted so far, most telling first.

    Raises:
        ApplicationNotFoundError: as for `list_matches`.
    """
    listing = await _answered_for(session, listing_id)
    found = await find_matches(session, actor, listing.provider_id)
    return await _told(session, listing_id, found)


async def judge_match(
    session: WriteSession,
    actor: Actor,
    match: tuple[uuid.UUID, uuid.UUID],
    judgement: MatchJudgement,
    reason: str,
) -> None:
    """Say what an assessor makes of a match; a later judgement takes the place of an earlier one.

    Args:
        session: the transaction.
        actor: the assessor.
        match: the application's id and the match's.
        judgement: what they make of it.
        reason: why; kept, never public.

    Raises:
        ApplicationNotFoundError: there is no such application that the actor answers for.
        MatchNotFoundError: it has no such match.
        NotYoursToJudgeError: the actor has a stake in the applicant.
    """
    listing = await _answered_for(session, match[0])
    if not await queries.has_match(session, *match):
        raise MatchNotFoundError
    held = await queries.get_match(session, *match) if listing.judges else None
    if held is None:
        raise NotYoursToJudgeError(
            "You work, or have worked, for the applicant. Leave this to a colleague who has not."
        )
    before = {"judgement": held.judgement}
    held.judgement, held.judged_reason = judgement.value, reason
    held.judged_by, held.judged_at = actor.id, clock.now()
    await session.flush()
    others = await queries.find_matched_records(session, match[0], clock.today())
    subject = Subject("walk-back-match", held.id, others[held.id].number)
    await record(
        session,
        actor,
        "match.judged",
        subject,
        reason=reason,
        before=before,
        after={"judgement": judgement.value, "listing": str(match[0])},
    )


async def unjudged_matches(
    session: ReadSession | WriteSession, listing_id: uuid.UUID
) -> Sequence[WalkBackMatch]:
    """Return the matches of an application that nobody has judged; while one is, none is listed.

    To be asked after `note_matches`, as whoever decides.
    """
    noted = await queries.list_matches(session, listing_id)
    return [each for each in noted if each.judgement is None]


async def _told(
    session: ReadSession | WriteSession,
    listing_id: uuid.UUID,
    found: Sequence[tuple[uuid.UUID, Connection]],
) -> list[Match]:
    by_other = dict(found)
    others = await queries.find_matched_records(session, listing_id, clock.today())
    return [
        Match(noted, others[noted.id], _sentences(noted, by_other.get(noted.other_provider_id)))
        for noted in await queries.list_matches(session, listing_id)
    ]


async def _note(
    session: WriteSession, actor: Actor, listing: Any
) -> list[tuple[uuid.UUID, Connection]]:
    """Note what is found, and return it."""
    await session.flush()
    await queries.lock_listing(session, listing.id)
    found = await find_matches(session, actor, listing.provider_id)
    held = {one.other_provider_id: one for one in await queries.list_matches(session, listing.id)}
    new = [_row(listing.id, other, each) for other, each in found if other not in held]
    await queries.note_new(session, new)
    if listing.judges:
        for other, each in found:
            if other in held:
                _bring_up_to_date(held[other], each)
        await session.flush()
    return found


async def _answered_for(session: ReadSession | WriteSession, listing_id: uuid.UUID) -> Any:
    listing = await queries.get_listing(session, listing_id)
    if listing is None or not listing.answers:
        raise ApplicationNotFoundError
    return listing


def _bring_up_to_date(noted: WalkBackMatch, found: Connection) -> None:
    """Note what more is shared now; what was judged is judged on less, and is open again."""
    grounds = sorted({*noted.grounds, *_grounds(found)})
    score = max(noted.score, _score(found))
    if (grounds, score) == (sorted(noted.grounds), noted.score):
        return
    noted.grounds, noted.score, noted.found_at = grounds, score, clock.now()
    noted.judgement = noted.judged_by = noted.judged_at = noted.judged_reason = None


def _row(listing_id: uuid.UUID, other: uuid.UUID, found: Connection) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "listing_id": listing_id,
        "other_provider_id": other,
        "grounds": _grounds(found),
        "score": _score(found),
        "found_at": clock.now(),
    }


def _grounds(found: Connection) -> list[str]:
    return sorted({finding.ground.value for finding in found.findings})


def _score(found: Connection) -> Decimal:
    return Decimal(str(found.score))


def _sentences(noted: WalkBackMatch, found: Connection | None) -> dict[Ground, list[str]]:
    told: dict[Ground, list[str]] = {Ground(ground): [] for ground in noted.grounds}
    for finding in found.findings if found else ():
        told.setdefault(finding.ground, []).append(finding.sentence)
    return told
