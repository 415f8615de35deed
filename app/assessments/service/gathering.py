"""Everything that an assessment knows, gathered for the rules: what was said, and what is found."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import clock
from app.assessments.queries import assessments as queries
from app.assessments.queries import options as option_queries
from app.assessments.schemas.options import CheckedByRegister
from app.assessments.schemas.steps import (
    MODELS,
    NeedStated,
    StepStated,
)
from app.assessments.service.assessing import OPTIONS, STEPS
from app.assessments.service.register_checks import Sought, check_setting
from app.assessments.terms import OptionStanding
from app.children import personal_parts
from app.children.queries.children import get_child, list_circumstances
from app.db.events import ReadSession, WriteSession
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.organisations.terms import OrganisationKind
from app.rules.notices.kinds import NoticeKind
from app.rules.suitability.steps import Consent, Step, Told

AnySession = ReadSession | WriteSession
_SCHOOLS = frozenset({OrganisationKind.SCHOOL, OrganisationKind.TRUST, OrganisationKind.FEDERATION})
_AGREES = {Consent.GIVEN: True, Consent.REFUSED: False, Consent.NOT_ASKED: None}
_WEEK = 7
BY_NOTICE: Mapping[NoticeKind, Told] = {
    NoticeKind.HOME_AUTHORITY: Told.LOCAL_AUTHORITY,
    NoticeKind.PLAN_AUTHORITY: Told.PLAN_CASEWORKER,
    NoticeKind.SOCIAL_WORKER: Told.SOCIAL_WORKER,
    NoticeKind.VIRTUAL_SCHOOL_HEAD: Told.VIRTUAL_SCHOOL_HEAD,
}
"""Who is told by which notice, so that nobody types it again."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What an assessment knows.

    Attributes:
        assessment: its row.
        child: the child's row; who it is stays encrypted.
        duties: who has which duty towards the child on the first day.
        rows: what holds of each step, by its name, as it is kept.
        said: the same, decrypted; empty once the child's record was erased.
        options: rows of the settings.
        words: of each setting its gaps and reasons.
        checked: what the register finds of each.
        key: the child's own; `None` once it is erased.
        told_on: who was told by a notice of the place, and on which day.
        before_on: when the commissioner last approved the chosen site for another child.
    """

    assessment: Any
    child: Any
    duties: Any | None
    rows: Mapping[Step, Any]
    said: Mapping[Step, StepStated]
    options: Sequence[Any]
    words: Mapping[uuid.UUID, Mapping[str, Any]]
    checked: Mapping[uuid.UUID, CheckedByRegister]
    key: bytes | None
    told_on: Mapping[Told, date]
    before_on: date | None

    @property
    def chosen(self) -> Any | None:
        """The setting that is chosen, if one is."""
        chosen = OptionStanding.CHOSEN.value
        return next((one for one in self.options if one.standing == chosen), None)


async def gather(session: AnySession, ring: Keyring, assessment: Any) -> Gathered:
    """Gather what an assessment knows, and look at the settings anew."""
    child = await get_child(session, assessment.child_id)
    sealed = child.sealed_key if child else None
    key = personal_parts.open_key(ring, assessment.child_id, sealed) if sealed else None
    rows = {Step(row.step): row for row in await queries.list_steps(session, assessment.id)}
    said = {step: _opened(key, row) for step, row in rows.items()} if key else {}
    options = await option_queries.list_options(session, assessment.id)
    need = said.get(Step.NEED)
    sought = Sought(
        assessment.starts_on,
        child.date_of_birth if child else None,
        frozenset(need.needs) if isinstance(need, NeedStated) else frozenset(),
    )
    chosen = next((one for one in options if one.standing == OptionStanding.CHOSEN.value), None)
    before = None
    if chosen is not None:
        at = (assessment.commissioner_id, chosen.site_id, assessment.child_id)
        before = await option_queries.last_approved_at(session, *at)
    return Gathered(
        assessment=assessment,
        child=child,
        duties=_on(await list_circumstances(session, assessment.child_id), assessment.starts_on),
        rows=rows,
        said=said,
        options=options,
        words={one.id: _words(key, one) for one in options} if key else {},
        checked={one.id: await check_setting(session, one, sought) for one in options},
        key=key,
        told_on=await _told_on(session, assessment),
        before_on=before.astimezone(clock.LONDON).date() if before else None,
    )


async def _told_on(session: AnySession, assessment: Any) -> Mapping[Told, date]:
    of = (assessment.child_id, assessment.id)
    return {
        BY_NOTICE[NoticeKind(kind)]: moment.astimezone(clock.LONDON).date()
        for kind, moment in (await queries.told_by_notices(session, *of)).items()
        if kind in BY_NOTICE
    }


def _opened(key: bytes, row: Any) -> StepStated:
    parts = personal_parts.decrypt(key, context_of(STEPS, row.id), row.encrypted)
    return MODELS[Step(row.step)].model_validate(parts)


def _words(key: bytes, option: Any) -> Mapping[str, Any]:
    return personal_parts.decrypt(key, context_of(OPTIONS, option.id), option.encrypted)


def _on(duties: Sequence[Any], day: date) -> Any | None:
    """Return what holds on a day; before the first of them, the first. They are newest first."""
    held = [one for one in duties if one.since <= day]
    if held:
        return held[0]
    return duties[-1] if duties else None
