"""Published inspections for tests, written by the superuser past every rule but the database's own.

Who inspects and who checks are new people of the local authority where the first site lies. What a
service would announce afterwards, `settle` announces.
"""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, TypeAlias

import asyncpg

from app import clock
from app.access import OPERATOR
from app.db.events import announce
from app.db.transactions import Database, transaction
from app.inspections.terms import NOT_LOOKED_AT, EvidenceMethod, Judgement
from app.ledger.canonical import canonical
from app.organisations.queries.facts import fact_id
from app.organisations.terms import OrganisationKind
from app.providers.events import ProviderChanged
from app.values.inspection_number import inspection_number
from app.values.uuid7 import uuid7
from tests.factories.people import add_person, insert

WORKING_SET = "working-set-1"
INSPECTED_SHARE = 0.7


@dataclass(frozen=True)
class Found:
    """What an inspector found of one criterion.

    Attributes:
        judgement: what it was.
        seen_on: when its evidence was seen; the day of the inspection unless said otherwise.
        method: how.
        finding: what was written about it.
    """

    judgement: Judgement
    seen_on: date | None = None
    method: EvidenceMethod = EvidenceMethod.VISIT
    finding: str = "Seen for a test."


Findings: TypeAlias = Mapping[str, Judgement | Found]
"""What was found, by the number of the criterion."""


@dataclass(frozen=True)
class Inspected:
    """A published inspection, and who inspected and checked it."""

    id: uuid.UUID
    reference: str
    inspector_id: uuid.UUID
    checker_id: uuid.UUID


async def every_criterion(
    owner: asyncpg.Connection,
    judgement: Judgement = Judgement.MET,
    *,
    standards: str = WORKING_SET,
) -> dict[str, Judgement]:
    """Return the same judgement of every criterion of a version of the standards."""
    rows = await owner.fetch(
        "SELECT number FROM criteria c JOIN standards_versions v ON v.id = c.version_id "
        "WHERE v.code = $1 ORDER BY position",
        standards,
    )
    return {row["number"]: judgement for row in rows}


async def add_published_inspection(
    owner: asyncpg.Connection,
    found: Mapping[uuid.UUID, Findings],
    seen_on: date,
    *,
    published_at: datetime | None = None,
    standards: str = WORKING_SET,
    **columns: Any,
) -> Inspected:
    """Let sites of one provider have been inspected, and what was found be published.

    Args:
        owner: the superuser.
        found: by site, what was found there.
        seen_on: the day of the inspection.
        published_at: when it was; now unless given.
        standards: the version it was against, by its code.
        columns: of the inspection, such as `kind`.
    """
    moment = published_at or clock.now()
    made = await add_checkable_inspection(
        owner, found, seen_on, heard_at=moment, standards=standards, **columns
    )
    await _publish(owner, made, moment)
    return made


async def add_checkable_inspection(
    owner: asyncpg.Connection,
    found: Mapping[uuid.UUID, Findings],
    seen_on: date,
    *,
    heard_at: datetime | None = None,
    standards: str = WORKING_SET,
    **columns: Any,
) -> Inspected:
    """Let sites have been inspected and their provider heard; a second officer has yet to check.

    Args:
        owner: the superuser.
        found: by site, what was found there.
        seen_on: the day of the inspection.
        heard_at: when the provider was; now unless given.
        standards: the version it was against, by its code.
        columns: of the inspection, such as `kind`.
    """
    moment = heard_at or clock.now()
    site = await owner.fetchrow(
        "SELECT provider_id, la_code FROM sites WHERE id = $1", next(iter(found))
    )
    assert site is not None
    body = fact_id(OrganisationKind.LOCAL_AUTHORITY, site["la_code"])
    version = await owner.fetchval("SELECT id FROM standards_versions WHERE code = $1", standards)
    number = inspection_number(await owner.fetchval("SELECT nextval('inspection_numbers')"))
    made = Inspected(
        uuid7(),
        number,
        await add_person(owner, "Example Inspector"),
        await add_person(owner, "Example Second Officer"),
    )
    row: dict[str, Any] = {"id": made.id, "reference": number, "provider_id": site["provider_id"]}
    row |= {"la_code": site["la_code"], "body_id": body, "kind": "annual", "state": "planned"}
    row |= {"standards_version_id": version, "planned_on": seen_on, "criteria": []}
    row |= {"reason": "For a test.", "made_at": moment, "version": 1}
    await insert(owner, "inspections", row | {"made_by": made.inspector_id} | columns)
    who: dict[str, Any] = {"inspection_id": made.id, "person_id": made.inspector_id}
    who |= {"part": "lead", "name": "Example Inspector", "organisation_id": body}
    await insert(owner, "inspectors", who | {"added_at": moment})
    for site_id, findings in found.items():
        place = {"inspection_id": made.id, "site_id": site_id}
        await insert(owner, "inspection_sites", place)
        await _judge(owner, made, version, (site_id, seen_on, moment), findings)
    await owner.execute(
        "UPDATE inspections SET state = 'to-check', sent_at = $2, comments_due_on = $3, "
        "comments_closed_at = $2 WHERE id = $1",
        *(made.id, moment, moment.astimezone(clock.LONDON).date()),
    )
    return made


async def inspect_some(owner: asyncpg.Connection, database: Database, chance: Random) -> None:
    """Let some of the register's sites have been inspected, long ago or lately, with any outcome.

    Others were only seen for their listing.
    """
    met = await every_criterion(owner)
    ways: list[Findings] = [
        met,
        met | {"1.1a": Judgement.NOT_MET},
        met | {"3.6a": Judgement.PARTLY_MET},
        {"1.1a": Judgement.MET},
    ]
    for row in await owner.fetch("SELECT id FROM sites ORDER BY provider_id, reference"):
        seen_on = clock.today() - timedelta(days=chance.randint(1, 500))
        if chance.random() < INSPECTED_SHARE:
            await add_published_inspection(owner, {row["id"]: chance.choice(ways)}, seen_on)
        else:
            listing = "UPDATE listings SET seen_on = $2, seen_how = 'visit' WHERE site_id = $1"
            await owner.execute(listing, row["id"], seen_on)
    every = await owner.fetch("SELECT id FROM providers WHERE status <> 'known'")
    await settle(database, *(row["id"] for row in every))


async def settle(database: Database, *provider_ids: uuid.UUID) -> None:
    """Announce, as the service does, that something of providers changed; what follows is done."""
    async with transaction(database, OPERATOR) as session:
        for provider_id in provider_ids:
            announce(session, ProviderChanged(provider_id))


async def _judge(
    owner: asyncpg.Connection,
    made: Inspected,
    version: uuid.UUID,
    where_and_when: tuple[uuid.UUID, date, datetime],
    findings: Findings,
) -> None:
    site_id, seen_on, moment = where_and_when
    criteria = {
        row["number"]: row["id"]
        for row in await owner.fetch(
            "SELECT number, id FROM criteria WHERE version_id = $1", version
        )
    }
    rows = []
    for number, given in findings.items():
        one = given if isinstance(given, Found) else Found(given)
        looked = one.judgement not in NOT_LOOKED_AT
        evidence = (one.method.value, one.seen_on or seen_on) if looked else (None, None)
        of = (uuid7(), made.id, site_id, criteria[number])
        said = (one.judgement.value, one.finding, *evidence)
        rows.append((*of, *said, made.inspector_id, moment, 1))
    await owner.executemany(
        "INSERT INTO inspection_judgements (id, inspection_id, site_id, criterion_id, judgement, "
        "finding, method, seen_on, judged_by, judged_at, version) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        rows,
    )


async def _publish(owner: asyncpg.Connection, made: Inspected, moment: datetime) -> None:
    of = await owner.fetchrow("SELECT provider_id, body_id FROM inspections WHERE id = $1", made.id)
    assert of is not None
    check: dict[str, Any] = {"id": uuid7(), "inspection_id": made.id, "decision": "published"}
    check |= {"person_id": made.checker_id, "person_name": "Example Second Officer"}
    await insert(
        owner,
        "inspection_checks",
        check | {"organisation_id": of["body_id"], "checked_at": moment},
    )
    await owner.execute(
        "UPDATE inspections SET state = 'published', published_at = $2 WHERE id = $1",
        *(made.id, moment),
    )
    document = canonical({"reference": made.reference})
    told: dict[str, Any] = {"id": uuid7(), "inspection_id": made.id, "version": 1}
    told |= {"provider_id": of["provider_id"], "document": document, "published_at": moment}
    told |= {"sha256": hashlib.sha256(document).digest()}
    await insert(owner, "inspection_publications", told)
