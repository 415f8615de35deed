from typing import Any

import pytest
from pydantic import ValidationError

from app.providers.schemas.recording import Location, NewIdentifier, NewOffer, NewProvider, NewSite
from tests.factories.providers import make_offer, make_provider, make_site

WRONG: dict[str, tuple[type[Any], dict[str, Any]]] = {
    "an age below the youngest": (NewOffer, {"age_from": 1}),
    "an age above the oldest": (NewOffer, {"age_to": 26}),
    "ages the wrong way round": (NewOffer, {"age_from": 14, "age_to": 13}),
    "a key stage there is not": (NewOffer, {"key_stages": [6]}),
    "a need there is not": (NewOffer, {"needs": ["none"]}),
    "no hours": (NewOffer, {"hours_per_week": 0}),
    "more hours than a week of lessons": (NewOffer, {"hours_per_week": 51}),
    "hours to the minute": (NewOffer, {"hours_per_week": "12.25"}),
    "a programme without a name": (NewOffer, {"programme": "  "}),
    "a name longer than 200": (NewSite, {"name": "x" * 201}),
    "a kind of site there is not": (NewSite, {"kind": "castle"}),
    "a local authority by name": (NewSite, {"la_code": "Coventry"}),
    "a member nobody knows": (NewSite, {"colour": "red"}),
    "a point without a northing": (Location, {"northing": None}),
    "a point off the grid": (Location, {"easting": 700_001}),
    "a point in the sea of numbers": (Location, {"northing": -1}),
    "a precision there is not": (Location, {"precision": "exact"}),
    "an identifier of no register": (NewIdentifier, {"scheme": "isbn"}),
    "an identifier without a value": (NewIdentifier, {"value": " "}),
    "a provider without a name": (NewProvider, {"name": ""}),
    "a status": (NewProvider, {"status": "listed"}),
}

RIGHT: dict[type[Any], dict[str, Any]] = {
    NewOffer: make_offer().model_dump(),
    NewSite: make_site().model_dump(),
    NewProvider: make_provider().model_dump(),
    Location: {"easting": 433_000, "northing": 279_000, "precision": "given"},
    NewIdentifier: {"scheme": "ukprn", "value": "10000001"},
}


@pytest.mark.parametrize(("kind", "change"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_so_is_refused(kind: type[Any], change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        kind(**RIGHT[kind] | change)

    assert refused.value.error_count() == 1


@pytest.mark.parametrize("kind", RIGHT)
def test_what_can_be_so_is_taken(kind: type[Any]) -> None:
    assert kind(**RIGHT[kind]).model_dump() == kind(**RIGHT[kind]).model_dump()


@pytest.mark.parametrize("ages", [(2, 25), (11, 11)])
def test_the_youngest_and_oldest_ages_are_taken(ages: tuple[int, int]) -> None:
    offer = make_offer(age_from=ages[0], age_to=ages[1])

    assert (offer.age_from, offer.age_to) == ages


def test_spaces_around_a_name_go() -> None:
    assert make_provider("  Example Forge ").name == "Example Forge"
