from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from pydantic import ValidationError

from app.interchange.documents import json_schemas
from app.register.router.providers import router
from app.register.schemas.search import SearchQuery
from app.values.provider_number import parse_provider_number


class TestSearchQuery:
    @pytest.mark.parametrize(
        "asked",
        [
            {"within_miles": 5},
            {"within_km": 5},
            {"sort": "distance"},
            {"near": "CV1", "within_miles": 5, "within_km": 5},
            {"near": "CV1", "within_miles": 0},
            {"near": "CV1", "within_km": -1},
            {"near": "CV1", "within_miles": 100.1},
            {"near": "CV1", "within_km": float("nan")},
            {"q": " "},
            {"q": "x" * 201},
            {"age": 1},
            {"age": 26},
            {"limit": 0},
            {"limit": 101},
            {"status": ["known"]},
            {"need": ["semh"]},
            {"colour": "red"},
            {"cursor": "x" * 601},
        ],
    )
    def test_what_makes_no_search_is_refused(self, asked: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            SearchQuery.model_validate(asked)

    @pytest.mark.parametrize(
        "asked",
        [
            {},
            {"near": "CV1", "sort": "distance", "within_miles": 100},
            {"near": "CV1", "within_km": 160},
            {"age": 2},
            {"age": 25},
            {"limit": 1},
            {"limit": 100},
            {"q": "x" * 200},
        ],
    )
    def test_what_does_is_taken_to_its_limits(self, asked: dict[str, Any]) -> None:
        assert SearchQuery.model_validate(asked).model_dump(exclude_defaults=True) == asked


def examples(schema: Any) -> Iterator[Any]:
    """Every example anywhere in a document."""
    if isinstance(schema, dict):
        yield from schema.get("examples", ())
        for member in schema.values():
            yield from examples(member)
    elif isinstance(schema, list):
        for member in schema:
            yield from examples(member)


def test_every_example_of_a_number_is_one_that_could_be_given() -> None:
    shown = [str(example) for example in examples(json_schemas())]
    shown += [str(route.dependant.path_params[0].field_info.examples[0]) for route in _looked_up()]
    numbers = [text.rpartition("/")[2] for text in shown if "AP0" in text]

    assert len(numbers) >= 4
    for number in numbers:
        assert parse_provider_number(number) == number


def _looked_up() -> list[Any]:
    return [route for route in router.routes if "{number}" in getattr(route, "path", "")]


def test_the_documents_are_plain_json() -> None:
    assert orjson.loads(orjson.dumps(json_schemas())) == json_schemas()
