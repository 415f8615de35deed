"""Writing the inspections of a plan: what was found, published, said to it and appealed against.

Many at once, as the operator, into the tables that inspectors and owners write one by one through
the services; the database refuses here what it refuses there. Documents are composed by the same
function, and outcomes follow, in the same transaction, from whoever reacts to a changed provider.
"""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.clock import LONDON
from app.db.base import Base
from app.db.events import WriteSession, announce
from app.demo import queries
from app.demo.findings import Finding
from app.demo.people import OWNER, OWNERS, Team, demonstration_id, relying_team, team_of
from app.demo.visits import Appealing, Inspecting, Lapsing
from app.inspections.document import asked_of, compose
from app.inspections.eras import Era, era_on
from app.inspections.models.following import InspectionAction, InspectionAppeal, InspectionReply
from app.inspections.models.inspections import Inspection, InspectionSite, Inspector
from app.inspections.models.judgements import InspectionJudgement
from app.inspections.models.publications import InspectionCheck, InspectionPublication
from app.inspections.models.reliances import Reliance
from app.inspections.queries.inspections import insert_rows
from app.inspections.service.policies import all_eras
from app.inspections.terms import (
    ActionState,
    AppealState,
    CheckDecision,
    EvidenceMethod,
    InspectionState,
    InspectorPart,
    Judgement,
)
from app.ledger.canonical import canonical
from app.providers.events import ProviderChanged
from app.providers.models.ownership import ProviderOwner
from app.standards.policies import applicable
from app.standards.queries.versions import list_published
from app.values.inspection_number import inspection_number
from app.values.site_kind import SiteKind, StaffSize
from app.values.uuid7 import uuid7

Row = dict[str, Any]
Ids = Sequence[uuid.UUID]

_BEFORE_THE_CHECK: Sequence[type[Base]] = (
    *(Inspection, InspectionSite, Inspector, InspectionJudgement),
    ProviderOwner,
)
_ONCE_PUBLISHED: Sequence[type[Base]] = (
    *(InspectionPublication, InspectionReply, InspectionAction),
    Reliance,
)
_REASON = "Invented: it was its turn."
_GROUNDS = "Invented: what was written does not say what we showed."


@dataclass(frozen=True, slots=True)
class _Found:
    """A judgement as the document of an inspection takes it."""

    judgement: Judgement
    finding: str | None
    method: EvidenceMethod | None
    seen_on: date | None
    carried: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """What of the register inspections are written with.

    Attributes:
        sites: by provider and reference, rows with `id, kind, number, staff_size`.
        every: era of the standards and of the outcome rule.
        codes: of versions of the standards, by id.
        bodies: names of organisations, by id.
    """

    sites: Mapping[tuple[uuid.UUID, int], Any]
    every: Sequence[Era]
    codes: Mapping[uuid.UUID, str]
    bodies: Mapping[uuid.UUID, str]


@dataclass(slots=True)
class _Rows:
    """Rows to be written, by table, and the moments of publication, by inspection."""

    of: defaultdict[type[Any], list[Row]] = field(default_factory=lambda: defaultdict(list))
    published: dict[uuid.UUID, datetime] = field(default_factory=dict)


async def publish_inspections(session: WriteSession, given: Sequence[Inspecting], ids: Ids) -> None:
    """Write inspections with everything that belongs to them, and tell the register.

    Args:
        session: as the operator.
        given: each of another provider.
        ids: of providers, by their place in the plan.
    """
    bodies = {team_of(one.la_code).organisation_id for one in given}
    known = await _look(session, {ids[one.provider] for one in given}, bodies)
    rows = _Rows()
    for one in given:
        _add(rows, one, ids[one.provider], known)
        announce(session, ProviderChanged(ids[one.provider], one.at))
    await queries.take_inspection_numbers(session, len(given))
    held = tuple(rows.published)
    await _insert(session, rows, _BEFORE_THE_CHECK)
    await queries.let_check(session, held)
    await insert_rows(session, InspectionCheck, rows.of[InspectionCheck])
    await queries.mark_published(session, rows.published)
    await _insert(session, rows, _ONCE_PUBLISHED)


async def _insert(session: WriteSession, rows: _Rows, tables: Sequence[type[Base]]) -> None:
    for table in tables:
        await insert_rows(session, table, rows.of[table])


async def appeal(session: WriteSession, given: Sequence[Appealing], ids: Ids) -> None:
    """Write appeals against everything that fell short, and tell the register."""
    short = await queries.find_short(session, [ids[one.provider] for one in given])
    rows = []
    for one in given:
        provider_id = ids[one.provider]
        judgements = short[provider_id]
        row = {"id": uuid7(), "inspection_id": judgements[0].inspection_id, "of_version": 1}
        row |= {"provider_id": provider_id, "judgement_ids": [found.id for found in judgements]}
        row |= {"grounds": _GROUNDS, "state": AppealState.OPEN.value, "appealed_at": one.at}
        row |= {"appealed_by": demonstration_id(OWNER), "due_on": one.decision.due_on}
        rows.append(row | {"due_rule": one.decision.rule})
        announce(session, ProviderChanged(provider_id, one.at))
    await insert_rows(session, InspectionAppeal, rows)


def lapse(session: WriteSession, given: Sequence[Lapsing], ids: Ids) -> None:
    """Let midnight come, as the worker does: what follows from it is found by whoever reacts."""
    for one in given:
        announce(session, ProviderChanged(ids[one.provider], one.at))


async def _look(
    session: WriteSession, provider_ids: set[uuid.UUID], bodies: set[uuid.UUID]
) -> _Known:
    sites = await queries.find_sites(session, provider_ids)
    return _Known(
        sites={(one.provider_id, one.reference): one for one in sites},
        every=await all_eras(session, standards=True),
        codes={one.id: one.code for one in await list_published(session)},
        bodies=await queries.organisation_names(session, bodies),
    )


def _add(rows: _Rows, one: Inspecting, provider_id: uuid.UUID, known: _Known) -> None:
    era, team = era_on(known.every, one.planned_on), team_of(one.la_code)
    version_id = era.criteria[0].version_id
    row: Row = {
        "id": uuid7(),
        "reference": inspection_number(one.number),
        "provider_id": provider_id,
        "la_code": one.la_code,
        "body_id": team.organisation_id,
        "kind": one.kind.value,
        "state": InspectionState.PLANNED.value,
        "standards_version_id": version_id,
        "planned_on": one.planned_on,
        "criteria": list(one.criteria),
        "reason": _REASON,
        "sent_at": one.sent_at,
        "comments_due_on": one.comments.due_on,
        "comments_rule": one.comments.rule,
        "comments_closed_at": one.closed_at,
        "made_at": one.sent_at,
        "made_by": team.lead_id,
        "version": 1,
    }
    held: uuid.UUID = row["id"]
    rows.of[Inspection].append(row)
    rows.published[held] = one.at
    for reference in one.sites:
        site = {"inspection_id": held, "site_id": known.sites[provider_id, reference].id}
        rows.of[InspectionSite].append(site)
    rows.of[Inspector].append(
        {
            "inspection_id": held,
            "person_id": team.lead_id,
            "name": team.lead,
            "organisation_id": team.organisation_id,
            "part": InspectorPart.LEAD.value,
            "added_at": one.sent_at,
        }
    )
    asked = {
        reference: _asked(era, one, known.sites[provider_id, reference]) for reference in one.sites
    }
    found = _judge(rows, one, (held, provider_id), asked, known)
    rows.of[InspectionCheck].append(
        {
            "id": uuid7(),
            "inspection_id": held,
            "person_id": team.second_id,
            "person_name": team.second,
            "organisation_id": team.organisation_id,
            "decision": CheckDecision.PUBLISHED.value,
            "checked_at": one.at,
        }
    )
    told = {
        "reference": row["reference"],
        "kind": one.kind.value,
        "planned_on": one.planned_on,
        "sent_on": one.sent_at.astimezone(LONDON).date(),
        "published_on": one.effective_on,
        "provider": known.sites[provider_id, one.sites[0]].number,
        "body": known.bodies[team.organisation_id],
        "standards": known.codes[version_id],
        "criteria": list(one.criteria),
    }
    rule = era_on(known.every, one.effective_on).rule
    kinds = {reference: asked_of(criteria) for reference, criteria in asked.items()}
    document = canonical(compose(told, kinds, found, rule, one.effective_on))
    rows.of[InspectionPublication].append(
        {
            "id": uuid7(),
            "inspection_id": held,
            "provider_id": provider_id,
            "version": 1,
            "document": document,
            "sha256": hashlib.sha256(document).digest(),
            "published_at": one.at,
        }
    )
    _add_ownership(rows, one, provider_id)
    _add_reliance(rows, one, held, team)


def _asked(era: Era, one: Inspecting, site: Any) -> list[Any]:
    """Return the criteria that are looked at at a site, as they stand in the register."""
    size = StaffSize(site.staff_size) if site.staff_size else None
    criteria = applicable(era.criteria, SiteKind(site.kind), size)
    return [each for each in criteria if not one.criteria or each.number in one.criteria]


def _judge(
    rows: _Rows,
    one: Inspecting,
    of: tuple[uuid.UUID, uuid.UUID],
    asked: Mapping[int, Sequence[Any]],
    known: _Known,
) -> dict[int, dict[str, _Found]]:
    """Add a judgement of everything that is asked, and what the owner answers to it."""
    held, provider_id = of
    otherwise = {(each.site, each.criterion): each for each in one.findings}
    lead_id = team_of(one.la_code).lead_id
    found: defaultdict[int, dict[str, _Found]] = defaultdict(dict)
    for reference, criteria in asked.items():
        site_id = known.sites[provider_id, reference].id
        for criterion in criteria:
            key = (reference, criterion.number)
            told = otherwise.get(key) or Finding(
                *key, Judgement.MET, None, EvidenceMethod.VISIT, one.planned_on
            )
            row: Row = {
                "id": uuid7(),
                "inspection_id": held,
                "site_id": site_id,
                "criterion_id": criterion.id,
                "judgement": told.judgement.value,
                "finding": told.words,
                "method": told.method.value if told.method else None,
                "seen_on": told.seen_on,
                "judged_by": lead_id,
                "judged_at": one.sent_at,
                "version": 1,
            }
            rows.of[InspectionJudgement].append(row)
            found[reference][criterion.number] = _Found(
                told.judgement, told.words, told.method, told.seen_on
            )
            _answer(rows, one, provider_id, told, row)
    return found


def _answer(
    rows: _Rows, one: Inspecting, provider_id: uuid.UUID, told: Finding, judged: Row
) -> None:
    if told.action is None:
        return
    about: Row = {
        "inspection_id": judged["inspection_id"],
        "provider_id": provider_id,
        "judgement_id": judged["id"],
        "site": told.site,
        "criterion": told.criterion,
        "version": 1,
    }
    owner_id = demonstration_id(OWNER)
    if told.reply is not None:
        signed = {"signed_by": owner_id, "signed_by_name": OWNER, "signed_at": one.at}
        rows.of[InspectionReply].append(about | {"id": uuid7(), "reply": told.reply} | signed)
    will: Row = {"action": told.action.action, "role": told.action.role}
    will |= {"due_on": told.action.due_on, "state": ActionState.OPEN.value}
    given = {"given_by": owner_id, "given_at": one.at}
    rows.of[InspectionAction].append(about | {"id": uuid7()} | will | given)


def _add_ownership(rows: _Rows, one: Inspecting, provider_id: uuid.UUID) -> None:
    if one.owned:
        rows.of[ProviderOwner].append(
            {
                "id": uuid7(),
                "provider_id": provider_id,
                "organisation_id": demonstration_id(OWNERS),
                "began_at": one.sent_at,
            }
        )


def _add_reliance(rows: _Rows, one: Inspecting, held: uuid.UUID, team: Team) -> None:
    if one.relied_on_until is not None:
        relying = relying_team(team)
        rows.of[Reliance].append(
            {
                "id": uuid7(),
                "inspection_id": held,
                "organisation_id": relying.organisation_id,
                "criteria": [],
                "since": one.effective_on,
                "until": one.relied_on_until,
                "made_by": relying.lead_id,
                "made_at": one.at,
                "version": 1,
            }
        )
