"""Terms as they are written down: computed, compared with the former, and with the matrix."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.funding.errors import PayerNotAllowedError
from app.funding.queries import arrangements as queries
from app.funding.schemas.asked import FundingAmendment, FundingTermsStated, NewPayer, NewRecovery
from app.funding.service import wording
from app.funding.service.parties import ByLaw, by_law, check_parties, is_allowed_first
from app.funding.terms import FundingKind, RecoveryBasis
from app.keyring.ring import Keyring
from app.providers.service.records import person_of
from app.rules.dated import NotInForceError
from app.rules.funding.agreeing import OTHER_PAYER
from app.rules.funding.estimating import WHOLE, estimate, parts_of
from app.rules.funding.money_law import LOCAL_AGREEMENTS
from app.rules.funding.recovery import exclusion_money, pounds

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True)
class Checked:
    """What was computed of terms, and whether the matrix allows who pays first.

    Attributes:
        total: the estimate, in pence.
        parts: of each payer, in pence.
        recoveries: as they are kept.
        law: who pays first by law; `None` for travel and meals.
        override: another pays first, with a reason.
    """

    total: int
    parts: Sequence[int]
    recoveries: Sequence[dict[str, Any]]
    law: ByLaw | None
    override: bool


async def check(
    session: AnySession, placement: Any, kind: FundingKind, stated: FundingTermsStated
) -> Checked:
    """Compute what is stated, and refuse what cannot be agreed.

    Raises:
        InvalidRequestError: the shares are no whole, or a payer is not known or not what it is
            named; or the regulations of a recovery's day are not held here.
        PayerClosedError: one has closed.
        PayerNotAllowedError: another pays first than the matrix allows, without a reason.
    """
    total = estimate(stated.price_pence, stated.unit, stated.units_a_week, stated.times)
    parts = _parts(stated.payers, total)
    await check_parties(session, stated)
    recoveries = [_recovery(one, number) for number, one in enumerate(stated.recoveries, start=1)]
    if kind is not FundingKind.EDUCATION:
        return Checked(total, parts, recoveries, None, override=False)
    law = await by_law(session, placement, stated.since)
    allowed = is_allowed_first(law, stated.payers[0])
    if not allowed and stated.override_reason is None:
        detail = (
            f"By the matrix of routes {law.row.first_payer.value} pays first: "
            f"{law.row.payment.says} Give an `override_reason`, and a second person confirms it; "
            f"that rests on {OTHER_PAYER.basis.value}."
        )
        raise PayerNotAllowedError(
            detail,
            errors=(FieldFault(detail, "/payers/0"),),
            basis=OTHER_PAYER.basis.value,
            rule=law.row.payment.rule.code,
        )
    return Checked(total, parts, recoveries, law, override=not allowed)


async def write(
    session: WriteSession,
    actor: Actor,
    of: tuple[uuid.UUID, int],
    stated: FundingTermsStated,
    checked: Checked,
) -> None:
    """Keep terms: of which arrangement, and their number."""
    arrangement_id, number = of
    law = checked.law
    owed = law.owed_by.code if law is not None and law.owed_by is not None else None
    terms = {
        "arrangement_id": arrangement_id,
        "number": number,
        "since": stated.since,
        "until": stated.until,
        "unit": stated.unit.value,
        "price_pence": stated.price_pence,
        "units_a_week": stated.units_a_week,
        "times": stated.times,
        "estimate_pence": checked.total,
        "vat_note": stated.vat_note,
        "law_party": law.row.first_payer.value if law else None,
        "law_organisation_id": law.organisation_id if law else None,
        "owed_by_rule": owed,
        "why": stated.why if isinstance(stated, FundingAmendment) else None,
        "written_by_name": actor.name,
        "written_at": clock.now(),
    }
    of_terms = {"arrangement_id": arrangement_id, "terms_number": number}
    payers = [
        of_terms | _payer(payer, place, amount)
        for place, (payer, amount) in enumerate(
            zip(stated.payers, checked.parts, strict=True), start=1
        )
    ]
    budgets = [
        of_terms | {"payer_number": place, "budget_line": payer.budget_line.value}
        for place, payer in enumerate(stated.payers, start=1)
        if payer.budget_line is not None
    ]
    recoveries = [of_terms | one for one in checked.recoveries]
    await queries.add_terms(session, terms, payers, budgets, recoveries)


async def propose_override(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, int],
    stated: FundingTermsStated,
) -> None:
    """Keep why another pays first than the matrix allows, for a second person to confirm.

    Raises:
        PersonNeededError: a machine chooses such a payer.
        ChildErasedError: the child's record was erased.
    """
    person_id = person_of(actor)
    arrangement_id, number = of
    place = (wording.OVERRIDE, f"{arrangement_id} {number}")
    said = await wording.encrypted(
        session, ring, arrangement_id, place, stated.override_reason or ""
    )
    row = {
        "arrangement_id": arrangement_id,
        "terms_number": number,
        "encrypted_reason": said,
        "proposed_by": person_id,
        "proposed_by_name": actor.name,
    }
    await queries.add_override(session, row)


async def is_same_money(
    session: AnySession, arrangement: Any, stated: FundingTermsStated, checked: Checked
) -> bool:
    """Say whether days, price and everybody's part are those of the present terms."""
    former = (await queries.list_terms(session, arrangement.id))[0]
    named = ("since", "until", "unit", "price_pence", "units_a_week", "times")
    if any(getattr(former, name) != getattr(stated, name) for name in named):
        return False
    before = [
        (one.capacity, one.organisation_id, one.name, one.share_basis_points, one.amount_pence)
        for one in await queries.list_payers(session, arrangement.id)
        if one.terms_number == former.number
    ]
    after = [
        (one.capacity, one.organisation, one.name, one.share_basis_points, amount)
        for one, amount in zip(stated.payers, checked.parts, strict=True)
    ]
    return before == after


def _parts(payers: Sequence[NewPayer], total: int) -> list[int]:
    """Return what each payer pays; together exactly the whole.

    Raises:
        InvalidRequestError: together they pay more or less.
    """
    shares = [one.share_basis_points for one in payers if one.share_basis_points is not None]
    if shares:
        if sum(shares) != WHOLE:
            detail = (
                f"Together the shares are {sum(shares) / 100:g} %, and have to be exactly 100 % "
                f"({WHOLE} basis points)."
            )
            raise InvalidRequestError(detail, errors=(FieldFault(detail, "/payers"),))
        return parts_of(total, shares)
    amounts = [one.amount_pence or 0 for one in payers]
    if sum(amounts) != total:
        detail = (
            f"Together the amounts are {pounds(sum(amounts))}; of the estimate, {pounds(total)}, "
            "they have to be exactly 100 %."
        )
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/payers"),))
    return amounts


def _payer(payer: NewPayer, number: int, amount: int) -> dict[str, Any]:
    return {
        "number": number,
        "capacity": payer.capacity.value,
        "organisation_id": payer.organisation,
        "name": payer.name,
        "share_basis_points": payer.share_basis_points,
        "amount_pence": amount,
        "order_number": payer.order_number,
    }


def _recovery(stated: NewRecovery, number: int) -> dict[str, Any]:
    """Return a recovery as it is kept, computed where a formula says how much it is."""
    row = {
        "number": number,
        "basis": stated.basis.value,
        "from_organisation_id": stated.from_organisation,
        "since": stated.since,
        "until": stated.until,
        "formula": None,
        "rule": LOCAL_AGREEMENTS.code,
        "amount_pence": stated.amount_pence,
    }
    if stated.year_pence is None or stated.weeks is None:
        return row
    by_formula = stated.basis is RecoveryBasis.EXCLUSION_FORMULA
    try:
        found = exclusion_money(
            stated.year_pence, stated.weeks, stated.order_pence, stated.school_kind, stated.since
        )
    except NotInForceError as error:
        where = f"/recoveries/{number - 1}/since"
        raise InvalidRequestError(str(error), errors=(FieldFault(str(error), where),)) from None
    if found.pence is None:
        where = f"/recoveries/{number - 1}/school_kind"
        detail = found.reason.because
        raise InvalidRequestError(detail, errors=(FieldFault(detail, where),))
    rule = found.reason.rule if by_formula else LOCAL_AGREEMENTS
    return row | {"formula": found.formula, "rule": rule.code, "amount_pence": found.pence}
