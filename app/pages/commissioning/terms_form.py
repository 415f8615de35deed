"""What is asked of who pays: days, price, payers with their parts, and what is got back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.errors import AppError, FieldFault
from app.funding.schemas.told import FundingArrangementOut
from app.pages.commissioning.funding_view import FUNDING
from app.pages.commissioning.funding_wording import KINDS, PARTIES, UNITS
from app.pages.commissioning.got_back import got_back_parts, read_got_back, typed_got_back
from app.pages.commissioning.payer_cells import (
    MOST,
    Basis,
    payer_parts,
    read_payers,
    typed_payers,
)
from app.pages.commissioning.placement_wording import basis_words, offered
from app.pages.form_page_view import Check, FormAsked, Part
from app.pages.questions import Kind, Question, shown, whole_number
from app.pages.typed_facts import read_pounds, typed_pounds
from app.pages.view_models import ActionLink, Fact
from app.rules.funding.agreeing import Capacity
from app.rules.funding.estimating import COUNTED_A_WEEK, PriceUnit

PAYERS = 3
"""How many payers the form has room for at first."""
_PLAIN = (
    *("since", "until", "unit", "price_pence", "units_a_week", "times", "vat_note"),
    "override_reason",
)


def _terms() -> tuple[Question, ...]:
    return (
        Question("since", "From which day?", "Enter the first day", Kind.DAY, needed=True),
        Question("until", "Until which day?", "Enter the last day", Kind.DAY, needed=True),
        Question(
            "unit",
            "What is the price for?",
            "Choose what the price is for",
            Kind.LIST,
            offered=offered(UNITS),
            needed=True,
        ),
        Question(
            "price_pence",
            "What does one cost, in pounds?",
            "Enter the price in pounds",
            hint="Like 45 or 45.50",
            needed=True,
            reads=read_pounds,
            classes="govuk-input--width-5",
            mode="decimal",
        ),
        Question(
            "units_a_week",
            "How many a week?",
            "Enter how many hours, half days or days a week",
            hint="Of hours, half days or days; otherwise leave it empty.",
            classes="govuk-input--width-4",
            mode="decimal",
        ),
        Question(
            "times",
            "For how many weeks, or terms?",
            "Enter a whole number, like 12",
            hint="Leave it empty where the whole place is bought.",
            reads=whole_number,
            classes="govuk-input--width-4",
            mode="numeric",
        ),
        Question("vat_note", "What is said about VAT?", hint="Leave it empty if nothing is."),
    )


def _parts(basis: Basis, payers: int, recoveries: int) -> tuple[Part, ...]:
    words = (
        "The first of them pays first. Give shares of all, or amounts of all: together exactly "
        "100 %. Where one pays everything, leave both empty."
    )
    why = Question(
        "override_reason",
        "Why does another pay first than the rule says?",
        "Say why another pays first",
        Kind.PROSE,
        "Only where it is so. A second person confirms it. It is kept encrypted.",
    )
    return (
        Part(_terms(), "Days and price"),
        Part((), "Who pays which part", words),
        *payer_parts(payers, basis),
        Part((why,), "By the rule"),
        *got_back_parts(recoveries, basis.organisations),
    )


def _law_fact(basis: Basis) -> Fact:
    row, law = basis.law.row, basis.law
    party = PARTIES[row.first_payer]
    name = basis.names.get(law.organisation_id) if law.organisation_id else None
    citation = f"{row.payment.rule.citation.source}, {row.payment.rule.citation.provision}"
    return Fact(
        "Pays first, by the rule",
        (
            f"{party}: {name}" if name else party,
            row.payment.says,
            basis_words(row.payment.rule.basis, citation),
        ),
    )


_CHECKS = (
    Check(
        "until",
        "The last day comes before the first. Check both",
        lambda said: str(said["until"]) < str(said["since"]),
    ),
    Check(
        "units_a_week",
        "Enter how many hours, half days or days a week",
        lambda said: said["unit"] in COUNTED_A_WEEK and said["units_a_week"] is None,
    ),
    Check(
        "units_a_week",
        "Leave this empty: the price is not for an hour, half a day or a day",
        lambda said: said["unit"] not in COUNTED_A_WEEK and said["units_a_week"] is not None,
    ),
    Check(
        "times",
        "Enter for how many weeks, or terms",
        lambda said: said["unit"] != PriceUnit.PLACE and said["times"] is None,
    ),
)


def arrange_form(basis: Basis, *, gets_back: bool) -> FormAsked:
    """Return the form on which it is arranged who pays for a placement."""
    kind = Question(
        "kind",
        "What is paid for?",
        "Choose what is paid for",
        Kind.ONE,
        offered=offered(KINDS),
        needed=True,
    )
    row = basis.placement
    known = {"since": row.starts_on, "until": row.planned_end_on, "kind": "education"}
    parts = (Part((kind,)), *_parts(basis, PAYERS, 2 if gets_back else 0))
    return FormAsked(
        heading="Arrange who pays",
        button="Arrange it",
        back=ActionLink("Who pays", basis.here),
        parts=parts,
        paragraphs=(
            (
                "Education, transport and meals are arranged apart. Every payer signs. Nothing "
                "here keeps the child from the place."
            ),
        ),
        facts=(*_facts(basis), _law_fact(basis)),
        typed=shown((kind, *_terms()), known),
        checks=_CHECKS,
        further=None if gets_back else _got_back(basis),
    )


def _got_back(basis: Basis) -> ActionLink:
    others = f"&payer={basis.chosen}" if basis.chosen else ""
    address = f"{basis.here}/arrange?got-back=1{others}"
    return ActionLink("Money is got back from a school as well", address)


def _facts(basis: Basis) -> tuple[Fact, ...]:
    row = basis.placement
    provider = f"{row.provider_name} ({row.provider}), site {row.site}"
    return (Fact("Placement", (row.reference,)), Fact("Provider", (provider,)))


def amend_form(basis: Basis, told: FundingArrangementOut) -> FormAsked:
    """Return the form on which other terms are agreed on; what holds is filled in."""
    terms = told.terms
    why = Question("why", "Why are they amended?", "Say why", hint="Name no child.", needed=True)
    listed = dict(basis.known)
    names = dict(basis.names)
    for payer in terms.payers:
        if payer.organisation is not None:
            listed.setdefault((payer.capacity, payer.organisation))
            names[payer.organisation] = payer.name
    for one in terms.recoveries:
        names.setdefault(one.from_organisation, one.from_name)
        listed.setdefault((Capacity.SCHOOL, one.from_organisation))
    basis = replace(basis, known=listed, names=names)
    room = max(PAYERS, len(terms.payers) + 1)
    known = {name: getattr(terms, name) for name in ("since", "until", "unit", "vat_note", "times")}
    known |= {"price_pence": typed_pounds(terms.price_pence)}
    if terms.units_a_week is not None:
        known["units_a_week"] = f"{float(terms.units_a_week):g}"
    if terms.unit is PriceUnit.PLACE:
        known["times"] = None
    questions = _terms()
    override = told.override
    typed = (
        dict(shown(questions, known))
        | typed_payers(terms.payers)
        | typed_got_back(terms.recoveries)
    )
    if override is not None and override.reason:
        typed["override_reason"] = [override.reason]
    return FormAsked(
        heading="Agree on other terms",
        button="Agree on them",
        back=ActionLink("Who pays", f"{FUNDING}/{told.id}"),
        parts=(Part((why,)), *_parts(basis, min(room, MOST), len(terms.recoveries))),
        paragraphs=(
            (
                "Where days, price or anybody's part differ, what was signed is void and is signed "
                "anew. With the same money, what was signed holds. The former terms stay readable."
            ),
        ),
        facts=(*_facts(basis), _law_fact(basis)),
        typed=typed,
        checks=_CHECKS,
        version=told.version,
    )


def read_terms(answers: Mapping[str, object]) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """Return terms as the API takes them, and at which place of the form each part stands.

    Raises:
        InvalidRequestError: a payer is not said, or nobody is.
    """
    given = {name: answers[name] for name in _PLAIN if answers.get(name) is not None}
    payers, numbers = read_payers(answers)
    recoveries, places = read_got_back(answers)
    given["payers"] = payers
    if recoveries:
        given["recoveries"] = recoveries
    return given, {"payers": numbers, "recoveries": places}


def ask_for_reason(refused: AppError, basis: Basis) -> None:
    """Let a payer that the rule does not allow be told where its reason is asked."""
    row = basis.law.row
    words = (
        f"By the rule {PARTIES[row.first_payer].lower()} pays first. Choose that payer first, or "
        "say here why another does; a second person of your organisation confirms it. That two "
        "decide is the register's own policy"
    )
    refused.detail = words
    refused.errors = (FieldFault(words, "/override_reason"),)
