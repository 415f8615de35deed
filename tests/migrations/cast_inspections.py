"""An inspection of a provider as it was published, and another that is being judged."""

import uuid
from datetime import date
from typing import Any

import asyncpg

from app import clock
from app.values.inspection_number import inspection_number
from app.values.uuid7 import uuid7
from tests.factories.people import Member, insert

TODAY = date(2026, 9, 1)


async def add_inspections(
    owner: asyncpg.Connection, officer: Member, of: tuple[uuid.UUID, uuid.UUID]
) -> None:
    """Let an officer's body have inspected a provider's site once, and again; and use it."""
    for published in (True, False):
        inspection = await _add_inspection(owner, officer, of)
        await _judge(owner, officer, inspection, of[1])
        if published:
            await _publish(owner, officer, inspection, of[0])
            await _amend(owner, officer, inspection)
            await _follow(owner, officer, (inspection, of[0]))
        else:
            await _hear(owner, officer, inspection)
            await _rely(owner, officer, inspection)
    await _receive(owner, officer, of[0])
    tie: dict[str, Any] = {"id": uuid7(), "person_id": officer.person_id, "kind": "friend"}
    tie |= {"organisation_id": officer.organisation_id, "provider_id": of[0], "since": TODAY}
    tie |= {"detail": "A friend works there.", "declared_at": clock.now(), "version": 1}
    await insert(owner, "declared_interests", tie)
    await _add_suspension(owner, officer, of[0])
    await _worry(owner, officer, of[0])
    await owner.execute(
        "INSERT INTO commitments VALUES ($1, $2, $3, $4, '[2026-09-01,)', 600, $5, 'online')",
        *(uuid7(), of[1], officer.organisation_id, uuid7(), uuid7()),
    )


async def _add_inspection(
    owner: asyncpg.Connection, officer: Member, of: tuple[uuid.UUID, uuid.UUID]
) -> uuid.UUID:
    inspection, present = uuid7(), clock.now()
    number = inspection_number(await owner.fetchval("SELECT nextval('inspection_numbers')"))
    version = await owner.fetchval(
        "SELECT id FROM standards_versions WHERE state = 'published' ORDER BY code LIMIT 1"
    )
    row: dict[str, Any] = {"id": inspection, "reference": number, "provider_id": of[0]}
    row |= {"la_code": officer.actor.la_code, "body_id": officer.organisation_id}
    row |= {"kind": "annual", "state": "planned", "standards_version_id": version}
    row |= {"planned_on": TODAY, "criteria": [], "reason": "It is due.", "made_at": present}
    await insert(owner, "inspections", row | {"made_by": officer.person_id, "version": 1})
    await insert(owner, "inspection_sites", {"inspection_id": inspection, "site_id": of[1]})
    who: dict[str, Any] = {"inspection_id": inspection, "person_id": officer.person_id}
    who |= {"part": "lead", "name": "Example Person", "organisation_id": officer.organisation_id}
    await insert(owner, "inspectors", who | {"added_at": present})
    return inspection


async def _judge(
    owner: asyncpg.Connection, officer: Member, inspection: uuid.UUID, site: uuid.UUID
) -> None:
    judgement, file, present = uuid7(), uuid7(), clock.now()
    criterion = await owner.fetchval(
        "SELECT c.id FROM criteria c JOIN inspections i ON i.standards_version_id = c.version_id "
        "WHERE i.id = $1 ORDER BY c.position LIMIT 1",
        inspection,
    )
    row = {"id": judgement, "inspection_id": inspection, "site_id": site, "judgement": "met"}
    row |= {"criterion_id": criterion, "method": "visit", "seen_on": TODAY, "version": 1}
    by = {"judged_by": officer.person_id, "judged_at": present}
    await insert(owner, "inspection_judgements", row | by)
    await insert(owner, "judgement_notes", {"judgement_id": judgement, "note": "All seen."})
    sent = {"id": file, "organisation_id": officer.organisation_id, "name": "Example.pdf"}
    content = {"media_type": "application/pdf", "size_bytes": 1, "sha256": bytes(32)}
    received = {"received_at": present, "received_by": officer.person_id, "state": "unscanned"}
    await insert(owner, "files", sent | content | received)
    await insert(owner, "judgement_files", {"judgement_id": judgement, "file_id": file})
    shown = {"inspection_id": inspection, "file_id": file, "title": "Example", "added_at": present}
    await insert(owner, "inspection_files", shown)


async def _receive(owner: asyncpg.Connection, officer: Member, provider: uuid.UUID) -> None:
    row: dict[str, Any] = {"id": uuid7(), "organisation_id": officer.organisation_id}
    row |= {"reference": "BARN-1", "provider_id": provider, "body": b"{}", "sha256": bytes(32)}
    row |= {"status": "kept", "reasons": ["site-closed"], "details": ["Site 1 closed."]}
    row |= {"received_at": clock.now(), "received_by": officer.person_id, "version": 1}
    await insert(owner, "received_results", row)
    decided: dict[str, Any] = {"status": "dismissed", "decision_reason": "It was sent by mistake."}
    decided |= {"decided_at": clock.now(), "decided_by": officer.person_id}
    other = {"id": uuid7(), "reference": "BARN-2"}
    await insert(owner, "received_results", row | other | decided)


async def _publish(
    owner: asyncpg.Connection, officer: Member, inspection: uuid.UUID, provider: uuid.UUID
) -> None:
    present, second = clock.now(), uuid7()
    await insert(owner, "people", {"id": second, "name": "Example Second"} | _counted())
    await owner.execute(
        "UPDATE inspections SET state = 'to-check', sent_at = $2, comments_due_on = $3, "
        "comments_closed_at = $2 WHERE id = $1",
        *(inspection, present, TODAY),
    )
    check: dict[str, Any] = {"id": uuid7(), "inspection_id": inspection, "person_id": second}
    check |= {"person_name": "Example Second", "organisation_id": officer.organisation_id}
    check |= {"decision": "published", "checked_at": present}
    await insert(owner, "inspection_checks", check)
    await owner.execute(
        "UPDATE inspections SET state = 'published', published_at = $2 WHERE id = $1",
        *(inspection, present),
    )
    told = {"id": uuid7(), "inspection_id": inspection, "provider_id": provider, "version": 1}
    document = {"document": b"{}", "sha256": bytes(32), "published_at": present}
    await insert(owner, "inspection_publications", told | document)
    await owner.execute(
        "INSERT INTO standards_impacts SELECT s.site_id, i.standards_version_id, "
        "'meets-standards', '{}', '{}', '{1.1a}' FROM inspection_sites s "
        "JOIN inspections i ON i.id = s.inspection_id WHERE i.id = $1",
        inspection,
    )


def _counted() -> dict[str, Any]:
    present = clock.now()
    return {"recorded_at": present, "changed_at": present, "version": 1}


async def _add_suspension(owner: asyncpg.Connection, officer: Member, provider: uuid.UUID) -> None:
    held = await owner.fetchrow(
        "SELECT p.id, p.listing_id FROM listing_proposals p JOIN listings l ON l.id = p.listing_id "
        "WHERE l.provider_id = $1",
        provider,
    )
    assert held is not None
    suspension: dict[str, Any] = {"id": uuid7(), "provider_id": provider, "version": 1}
    suspension |= {"listing_id": held["listing_id"], "proposal_id": held["id"]}
    await insert(
        owner, "interim_suspensions", suspension | {"imposed_on": TODAY, "reviewed_on": TODAY}
    )
    review: dict[str, Any] = {"id": uuid7(), "suspension_id": suspension["id"]}
    review |= {"person_id": officer.person_id, "person_name": "Example Person"}
    review |= {"organisation_id": officer.organisation_id, "decision": "stays"}
    await insert(
        owner, "suspension_reviews", review | {"reason": "It is.", "reviewed_at": clock.now()}
    )


async def _hear(owner: asyncpg.Connection, officer: Member, inspection: uuid.UUID) -> None:
    present = clock.now()
    await owner.execute(
        "UPDATE inspections SET state = 'with-provider', sent_at = $2, comments_due_on = $3 "
        "WHERE id = $1",
        *(inspection, present, clock.today()),
    )
    judgement = await owner.fetchval(
        "SELECT id FROM inspection_judgements WHERE inspection_id = $1", inspection
    )
    said: dict[str, Any] = {"id": uuid7(), "inspection_id": inspection, "by_letter": True}
    said |= {"judgement_id": judgement, "judgement_version": 1, "comment": "It is not so."}
    said |= {"received_on": clock.today(), "said_by": officer.person_id, "version": 1}
    said |= {"said_by_name": "Example Person", "said_at": present}
    await insert(owner, "inspection_comments", said)


async def _amend(owner: asyncpg.Connection, officer: Member, inspection: uuid.UUID) -> None:
    row: dict[str, Any] = {"id": uuid7(), "inspection_id": inspection, "kind": "correction"}
    row |= {"of_version": 1, "changes": "[]", "reason": "It was wrong.", "state": "proposed"}
    row |= {"proposed_by": officer.person_id, "organisation_id": officer.organisation_id}
    await insert(owner, "inspection_amendments", row | {"proposed_at": clock.now(), "version": 1})


async def _rely(owner: asyncpg.Connection, officer: Member, inspection: uuid.UUID) -> None:
    row: dict[str, Any] = {"id": uuid7(), "inspection_id": inspection, "criteria": []}
    row |= {"organisation_id": officer.organisation_id, "since": TODAY, "until": TODAY}
    row |= {"made_by": officer.person_id, "made_at": clock.now(), "version": 1}
    await insert(owner, "reliances", row)


async def _worry(owner: asyncpg.Connection, officer: Member, provider: uuid.UUID) -> None:
    row: dict[str, Any] = {"id": uuid7(), "provider_id": provider, "kind": "quality"}
    row |= {"severity": "low", "what": "It was cold.", "noticed_on": TODAY, "version": 1}
    row |= {"raised_by": officer.person_id, "raised_by_name": "Example Person"}
    row |= {"organisation_id": officer.organisation_id, "raised_at": clock.now()}
    await insert(owner, "concerns", row)


async def _follow(
    owner: asyncpg.Connection, officer: Member, of: tuple[uuid.UUID, uuid.UUID]
) -> None:
    judgement = await owner.fetchval(
        "SELECT id FROM inspection_judgements WHERE inspection_id = $1", of[0]
    )
    whose: dict[str, Any] = {"inspection_id": of[0], "provider_id": of[1]}
    finding = whose | {"judgement_id": judgement, "site": 1, "criterion": "1.1a", "version": 1}
    present, person = clock.now(), officer.person_id
    reply: dict[str, Any] = {"id": uuid7(), "reply": "It is not so.", "signed_by": person}
    reply |= {"signed_by_name": "Example Person", "signed_at": present}
    await insert(owner, "inspection_replies", finding | reply)
    named = {name: value for name, value in finding.items() if name != "judgement_id"}
    withheld: dict[str, Any] = {"id": uuid7(), "reply_id": reply["id"], "because": "unlawful"}
    withheld |= {"reason": "It must not be.", "withheld_by": person, "withheld_at": present}
    withheld |= {"organisation_id": officer.organisation_id}
    await insert(owner, "withheld_replies", named | withheld)
    action: dict[str, Any] = {"id": uuid7(), "action": "Mend it.", "role": "Head of centre"}
    action |= {"due_on": TODAY, "state": "open", "given_by": person, "given_at": present}
    await insert(owner, "inspection_actions", finding | action)
    appeal: dict[str, Any] = {"id": uuid7(), "of_version": 1, "judgement_ids": [judgement]}
    appeal |= {"grounds": "It is not so.", "state": "open", "appealed_by": person}
    await insert(owner, "inspection_appeals", whose | appeal | {"appealed_at": present})
    revisit: dict[str, Any] = {"id": uuid7(), "body_id": officer.organisation_id}
    revisit |= {"reason": "It is mended.", "state": "open", "asked_by": person}
    await insert(owner, "inspection_revisits", whose | revisit | {"asked_at": present})
