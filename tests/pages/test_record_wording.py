"""Every code a public record may hold has words of ours."""

import pytest

from app.ledger.terms import ChangedBy
from app.pages import record_wording
from app.pages.public.offer_view import format_money, format_time
from app.providers.record_terms import Availability
from app.providers.standing import EvidenceResult
from app.providers.terms import Basis, PublicReason, SeenHow
from app.register.schemas.records import PricesOut


def test_every_code_has_words() -> None:
    assert set(record_wording.REASONS) == set(PublicReason)
    assert set(record_wording.SEEN_HOW) == set(SeenHow)
    assert set(record_wording.BASES) == set(Basis) - {Basis.APPLICATION}
    assert set(record_wording.EVIDENCE) == set(EvidenceResult) - {EvidenceResult.OUT_OF_DATE}
    assert set(record_wording.AVAILABILITY) == set(Availability)
    assert set(record_wording.CAUSES) == set(ChangedBy)
    assert set(record_wording.PRICES) == set(PricesOut.model_fields)


@pytest.mark.parametrize(
    ("pence", "written"), [(0, "£0"), (4_500, "£45"), (4_550, "£45.50"), (120_005, "£1,200.05")]
)
def test_money_is_written_in_pounds(pence: int, written: str) -> None:
    assert format_money(pence) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [("09:30", "9:30am"), ("12:00", "midday"), ("12:30", "12:30pm"), ("14:00", "2pm")],
)
def test_times_are_written_as_people_say_them(text: str, written: str) -> None:
    assert format_time(text) == written
