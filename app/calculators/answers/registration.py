"""The registration test, from facts as they are sent to an answer as it is told."""

from datetime import date

from app.calculators.errors import DayNotHeldError
from app.calculators.schemas.registration import (
    MOST_YEARS_AHEAD,
    BandAsked,
    DeclarationAsked,
    RegimeOut,
    RegistrationCounts,
    RegistrationTestAnswer,
    RegistrationTestAsked,
    TippingOut,
)
from app.calculators.schemas.stated import RuleReason
from app.errors import FieldFault, InvalidRequestError
from app.rules.dated import NotInForceError
from app.rules.registration.facts import Band, ChildFacts, Declaration
from app.rules.registration.testing import registration_test
from app.rules.registration.tipping import tipping_days
from app.rules.school_age import birthday


def answer_registration(asked: RegistrationTestAsked, today: date) -> RegistrationTestAnswer:
    """Say how near an institution is to having to register.

    Raises:
        DayNotHeldError: the law of that day is not held here.
        InvalidRequestError: it is asked too far ahead.
    """
    on = asked.on or today
    children = [ChildFacts(**child.model_dump()) for child in asked.children]
    declaration = None if asked.declaration is None else declaration_of(asked.declaration)
    try:
        found = registration_test(children, declaration, on)
    except NotInForceError as unknown:
        raise DayNotHeldError(str(unknown)) from None
    until = _until(asked, on)
    tips = [] if until is None else tipping_days(children, declaration, on, until)
    counts = {standing.replace("-", "_"): number for standing, number in found.counts.items()}
    return RegistrationTestAnswer(
        on=on,
        light=found.light,
        warning=None if found.warning is None else RuleReason.model_validate(found.warning),
        reasons=[RuleReason.model_validate(reason) for reason in found.reasons],
        counts=RegistrationCounts(**counts),
        regimes=[RegimeOut.model_validate(regime) for regime in found.regimes],
        tips_on=[TippingOut.model_validate(tip) for tip in tips],
    )


def _until(asked: RegistrationTestAsked, on: date) -> date | None:
    until = asked.look_ahead_until
    if until is not None and until > birthday(on, MOST_YEARS_AHEAD):
        detail = f"Ask for at most {MOST_YEARS_AHEAD} years after the day that is asked about."
        raise InvalidRequestError(
            "It is asked too far ahead.",
            errors=(FieldFault(detail, pointer="/look_ahead_until"),),
        )
    return until


def declaration_of(asked: DeclarationAsked) -> Declaration:
    """Return a declaration as the rules take it."""
    return Declaration(
        declared_on=asked.declared_on,
        over_18_hours=_band(asked.over_18_hours),
        from_15_to_18_hours=_band(asked.from_15_to_18_hours),
        under_15_hours=_band(asked.under_15_hours),
        up_to_18_hours_and_little_elsewhere=_band(asked.up_to_18_hours_and_little_elsewhere),
    )


def _band(asked: BandAsked) -> Band:
    return Band(**asked.model_dump())
