"""What is asked of each payer: who, as what, which share or amount; out of which budget."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.errors import FieldFault, InvalidRequestError
from app.funding.schemas.told import FundingPayerOut
from app.funding.service.parties import ByLaw
from app.pages.commissioning.forms import PLACEMENTS
from app.pages.commissioning.funding_wording import BUDGETS, PAYS_AS
from app.pages.commissioning.placement_wording import offered
from app.pages.form_page_view import Part
from app.pages.questions import Kind, Offered, Question
from app.pages.typed_facts import read_pounds, typed_pounds
from app.rules.funding.agreeing import Capacity
from app.rules.funding.estimating import WHOLE

MOST = 10
"""Payers of one arrangement."""
_AWAY = (Capacity.HEALTH_BODY, Capacity.COLLEGE, Capacity.PARENT, Capacity.OTHER)
"""As what somebody pays who is not on this service."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Who can pay for a placement.

    Attributes:
        placement: it.
        law: who pays first by the matrix of routes, and who bears which duty to the child.
        known: organisations that can be chosen, each as what it would pay.
        names: theirs.
        chosen: the organisation that was looked for and chosen, if one was.
    """

    placement: Any
    law: ByLaw
    known: Mapping[tuple[Capacity, uuid.UUID], None]
    names: Mapping[uuid.UUID, str]
    chosen: uuid.UUID | None = None

    @property
    def here(self) -> str:
        """Where the placement's funding is."""
        return f"{PLACEMENTS}/{self.placement.id}/funding"

    @property
    def payers(self) -> tuple[Offered, ...]:
        """Who can be chosen as a payer: organisations, and kinds of others."""
        chosen = tuple(
            (f"{capacity}:{one}", f"{self.names[one]}, as {PAYS_AS[capacity]}")
            for capacity, one in self.known
        )
        return chosen + tuple(
            (f"{one}:", f"{PAYS_AS[one][:1].upper()}{PAYS_AS[one][1:]} that is not on this service")
            for one in _AWAY
        )

    @property
    def organisations(self) -> tuple[Offered, ...]:
        """Organisations by their ids, each once."""
        return tuple((str(one), self.names[one]) for one in dict.fromkeys(o for _, o in self.known))


def read_percent(text: str) -> int:
    """Read a share such as `60` or `33.33`, and return it in basis points.

    Raises:
        ValueError: it is none.
    """
    whole, _, rest = text.replace("%", "").strip().partition(".")
    if not whole.isdecimal() or len(whole) > 3 or (rest and not rest.isdecimal()) or len(rest) > 2:  # noqa: PLR2004
        message = "Enter a share in per cent, like 60 or 33.33"
        raise ValueError(message)
    points = int(whole) * 100 + int(rest.ljust(2, "0") or 0)
    if points > WHOLE:
        message = "A share is at most 100 per cent"
        raise ValueError(message)
    return points


def payer_parts(payers: int, basis: Basis) -> tuple[Part, ...]:
    """Return what is asked of each payer.

    Args:
        payers: for how many there is room.
        basis: who can pay.
    """
    return tuple(
        Part(tuple(_payer(number, basis)), f"Payer {number}", beside=True)
        for number in range(1, payers + 1)
    )


def _payer(number: int, basis: Basis) -> Iterator[Question]:
    at = f"payer-{number}"
    yield Question(
        f"{at}-who", "Who", "Choose who pays", Kind.LIST, offered=basis.payers, none="Nobody"
    )
    yield Question(
        f"{at}-name", "Their name, if not on this service", classes="govuk-input--width-10"
    )
    yield Question(
        f"{at}-share",
        "Share in %",
        reads=read_percent,
        classes="govuk-input--width-3",
        mode="decimal",
    )
    yield Question(
        f"{at}-amount",
        "or amount in £",
        reads=read_pounds,
        classes="govuk-input--width-5",
        mode="decimal",
    )
    yield Question(
        f"{at}-budget",
        "Out of which budget",
        kind=Kind.LIST,
        offered=offered(BUDGETS),
        none="Not said",
    )
    yield Question(f"{at}-order", "Order number", classes="govuk-input--width-10")


def typed_payers(payers: Sequence[FundingPayerOut]) -> dict[str, list[str]]:
    """Return payers as somebody would have typed them."""
    typed: dict[str, list[str]] = {}
    for number, one in enumerate(payers, start=1):
        at = f"payer-{number}"
        typed[f"{at}-who"] = [f"{one.capacity}:{one.organisation or ''}"]
        if one.organisation is None:
            typed[f"{at}-name"] = [one.name]
        if one.share_basis_points is not None:
            typed[f"{at}-share"] = [f"{one.share_basis_points / 100:g}"]
        else:
            typed[f"{at}-amount"] = [typed_pounds(one.amount_pence) or ""]
        if one.budget_line is not None:
            typed[f"{at}-budget"] = [one.budget_line]
        if one.order_number:
            typed[f"{at}-order"] = [one.order_number]
    return typed


def read_payers(answers: Mapping[str, object]) -> tuple[list[dict[str, Any]], list[int]]:
    """Return the payers as the API takes them, and at which place of the form each stands.

    Raises:
        InvalidRequestError: a payer is not said, or nobody is.
    """
    payers: list[dict[str, Any]] = []
    numbers: list[int] = []
    for number in range(1, MOST + 1):
        at = f"payer-{number}"
        said = {
            member: answers[f"{at}-{name}"]
            for name, member in _MEMBERS
            if answers.get(f"{at}-{name}") is not None
        }
        who = answers.get(f"{at}-who")
        if who is None and not said:
            continue
        if who is None:
            words = f"Payer {number}: choose who pays"
            raise InvalidRequestError(words, errors=(FieldFault(words, f"/{at}-who"),))
        capacity, _, organisation = str(who).partition(":")
        said["capacity"] = capacity
        if organisation:
            said["organisation"] = organisation
        payers.append(said)
        numbers.append(number)
    if not payers:
        words = "Choose who pays"
        raise InvalidRequestError(words, errors=(FieldFault(words, "/payer-1-who"),))
    if len(payers) == 1 and not payers[0].keys() & {"share_basis_points", "amount_pence"}:
        payers[0]["share_basis_points"] = WHOLE
    return payers, numbers


_MEMBERS = (
    ("name", "name"),
    ("share", "share_basis_points"),
    ("amount", "amount_pence"),
    ("budget", "budget_line"),
    ("order", "order_number"),
)
_CELLS = {member: name for name, member in _MEMBERS} | {"organisation": "who", "capacity": "who"}


def at_field(fault: FieldFault, places: Mapping[str, list[int]]) -> FieldFault:
    """Let a fault of a payer, or of what is got back, be told at the cell it is about."""
    steps = (fault.pointer or "").strip("/").split("/")
    numbers = places.get(steps[0])
    if numbers is None:
        return fault
    if steps[0] == "recoveries":
        number = numbers[int(steps[1])] if len(steps) > 1 and numbers else 1
        cell = steps[2] if len(steps) > 2 else "basis"  # noqa: PLR2004
        return replace(fault, pointer=f"/back-{number}-{cell}")
    number = numbers[int(steps[1])] if len(steps) > 1 else numbers[0]
    cell = _CELLS.get(steps[2], "share") if len(steps) > 2 else "share"  # noqa: PLR2004
    return replace(fault, pointer=f"/payer-{number}-{cell}")
