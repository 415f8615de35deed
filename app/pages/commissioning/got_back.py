"""What is asked about money that is got back from an organisation."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.errors import FieldFault, InvalidRequestError
from app.funding.schemas.told import FundingRecoveryOut
from app.funding.terms import RecoveryBasis
from app.pages.commissioning.funding_wording import RECOVERIES, SCHOOL_KINDS
from app.pages.commissioning.placement_wording import offered
from app.pages.form_page_view import Part
from app.pages.questions import Kind, Offered, Question, shown, whole_number
from app.pages.typed_facts import read_pounds, typed_pounds

MOST = 10
_POUNDS = "govuk-input--width-5"
_COMPUTED = {RecoveryBasis.EXCLUSION_FORMULA, RecoveryBasis.AWPU_PRO_RATA}
_NAMES = (
    *("basis", "from_organisation", "since", "until", "amount_pence", "year_pence", "weeks"),
    *("order_pence", "school_kind"),
)


def got_back_parts(room: int, organisations: Sequence[Offered]) -> tuple[Part, ...]:
    """Return what is asked of each sum that is got back; nothing where there is no room for one.

    Args:
        room: for how many.
        organisations: from which it can be got.
    """
    words = (
        "After an exclusion the sum is computed: what such a pupil brings in a year, times the "
        "complete weeks left of 52, and what an order adds. On another ground enter the amount."
    )
    return tuple(
        Part(
            tuple(_questions(number, organisations)),
            f"Got back {number}",
            words if number == 1 else None,
        )
        for number in range(1, room + 1)
    )


def _questions(number: int, organisations: Sequence[Offered]) -> Iterator[Question]:
    at = f"back-{number}"
    yield Question(
        f"{at}-basis",
        "On which ground?",
        "Choose the ground",
        Kind.LIST,
        offered=offered(RECOVERIES),
        none="Nothing is got back",
    )
    yield Question(
        f"{at}-from_organisation",
        "From whom?",
        "Choose from whom",
        Kind.LIST,
        offered=organisations,
    )
    yield Question(f"{at}-since", "From which day?", "Enter the day", Kind.DAY)
    yield Question(f"{at}-until", "Until which day?", "Enter the day", Kind.DAY)
    yield _pounds(f"{at}-amount_pence", "Amount in pounds, where it is not computed")
    yield _pounds(f"{at}-year_pence", "What such a pupil brings in a year, in pounds")
    yield Question(
        f"{at}-weeks",
        "Complete weeks left in the funding period",
        "Enter a whole number, like 12",
        reads=whole_number,
        classes="govuk-input--width-3",
        mode="numeric",
    )
    yield _pounds(f"{at}-order_pence", "What a financial adjustment order adds, in pounds")
    yield Question(
        f"{at}-school_kind",
        "What kind of school is it?",
        "Choose the kind",
        Kind.LIST,
        offered=offered(SCHOOL_KINDS),
        none="Not said",
    )


def _pounds(name: str, label: str) -> Question:
    return Question(
        name, label, "Enter a sum in pounds", reads=read_pounds, classes=_POUNDS, mode="decimal"
    )


def read_got_back(answers: Mapping[str, object]) -> tuple[list[dict[str, Any]], list[int]]:
    """Return what is got back as the API takes it, and at which place of the form each stands.

    Raises:
        InvalidRequestError: what a ground needs is missing, or does not go with it.
    """
    found: list[dict[str, Any]] = []
    places: list[int] = []
    for number in range(1, MOST + 1):
        at = f"back-{number}"
        said = {
            name: answers[f"{at}-{name}"]
            for name in _NAMES
            if answers.get(f"{at}-{name}") is not None
        }
        if "basis" not in said:
            continue
        faults = tuple(FieldFault(words, f"/{at}-{name}") for name, words in _missing(said))
        if faults:
            raise InvalidRequestError("Look at what is got back again.", errors=faults)
        found.append(said)
        places.append(number)
    return found, places


def _missing(said: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name in ("from_organisation", "since", "until"):
        if name not in said:
            yield name, "Say from whom, and from which day until which"
    if said["basis"] in _COMPUTED:
        for name in ("year_pence", "weeks"):
            if name not in said:
                yield name, "It is computed: enter the sum of a year, and the weeks"
        if "amount_pence" in said:
            yield "amount_pence", "Leave this empty: it is computed"
    elif "amount_pence" not in said:
        yield "amount_pence", "Enter the amount"


def typed_got_back(recoveries: Sequence[FundingRecoveryOut]) -> dict[str, Sequence[str]]:
    """Return what is got back as somebody would have typed it.

    Of what was computed the figures are not kept apart, so they are entered anew.
    """
    typed: dict[str, Sequence[str]] = {}
    for number, one in enumerate(recoveries, start=1):
        questions = tuple(_questions(number, ()))
        held: dict[str, object] = {"basis": one.basis.value}
        held |= {"from_organisation": one.from_organisation, "since": one.since}
        held["until"] = one.until
        if one.basis not in _COMPUTED:
            held["amount_pence"] = typed_pounds(one.amount_pence)
        typed |= shown(questions, {f"back-{number}-{name}": value for name, value in held.items()})
    return typed
