"""Every code of listings that a page shows has words."""

import pytest

from app.pages.officers import listings_wording as words
from app.pages.officers import records_view as records
from app.pages.officers.claims_view import CLAIMANT
from app.pages.officers.evaluations_view import JUDGED
from app.pages.officers.evidence_view import SOURCES
from app.pages.officers.redactions_view import GROUNDS, STATES
from app.pages.officers.vouching_view import HOW
from app.providers import terms
from app.providers.evidence import Answer
from app.providers.policies import Why
from app.providers.record_terms import ClaimantKnown, PersonSource, VerifiedHow
from app.register.terms import RedactionGrounds, RedactionState
from tests.pages.officer_examples import listing_row


def test_every_code_has_words() -> None:
    assert set(words.STATES) == set(terms.ListingState)
    assert set(words.SEEN_HOW) == set(terms.SeenHow)
    assert set(words.BASES) == set(terms.Basis)
    assert set(words.GROUNDS) == set(terms.Ground)
    assert set(words.JUDGEMENTS) == set(terms.MatchJudgement)
    assert set(HOW) == set(VerifiedHow)
    assert set(CLAIMANT) == set(ClaimantKnown)
    assert set(JUDGED) == set(Answer)
    assert set(SOURCES) == set(PersonSource)
    assert set(records.STATUSES) == set(terms.Status)
    assert set(GROUNDS) == set(RedactionGrounds)
    assert set(STATES) == set(RedactionState)


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_why_not_is_a_sentence(why: Why) -> None:
    assert words.why_words(why, listing_row()).endswith(".")
