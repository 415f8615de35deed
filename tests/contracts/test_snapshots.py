"""What is committed for others to build against is what the code produces, and breaks nobody."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from app.cli.exports import folded
from app.config import Settings
from app.interchange.documents import json_schemas
from app.main import create_app
from tests.contracts.api_changes import compare_documents
from tests.contracts.changes import breaks

REPOSITORY = Path(__file__).resolve().parents[2]
OPENAPI = REPOSITORY / "openapi"
SCHEMAS = REPOSITORY / "schemas"
AGAIN = "run `make documents`, look at what changed, and commit it"


def written(document: dict[str, Any]) -> str:
    """Documents are committed like this, so that a change shows as the lines that changed."""
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


@pytest.fixture(scope="module")
def current() -> dict[str, Any]:
    """The OpenAPI document of this code, as a fresh installation would serve it."""
    return create_app(Settings(public_url=None)).openapi()


class TestOpenapi:
    def test_the_committed_document_is_what_the_code_serves(self, current: dict[str, Any]) -> None:
        committed = (OPENAPI / "openapi.json").read_text(encoding="utf-8")

        assert json.loads(committed) == current
        assert committed == folded(current), f"openapi/openapi.json has drifted: {AGAIN}"

    def test_the_document_is_openapi(self, current: dict[str, Any]) -> None:
        assert re.fullmatch(r"3\.1\.\d+", current["openapi"])
        validate(current)
        nameless = current | {"info": {"version": "1"}}
        with pytest.raises(OpenAPIValidationError, match="is a required property"):
            validate(nameless)

    def test_what_it_names_is_called_as_people_would_call_it(self, current: dict[str, Any]) -> None:
        """Generated code takes these names: FastAPI makes up others where two models share one."""
        made_up = [name for name in current["components"]["schemas"] if not name.isalnum()]
        named = [
            operation["operationId"]
            for path, methods in current["paths"].items()
            if path.startswith(("/v1", "/oauth"))
            for operation in methods.values()
        ]

        assert made_up == []
        assert [name for name in named if not name.isalpha()] == []
        assert len(named) == len(set(named))

    def test_its_examples_are_answers_that_fit(self, current: dict[str, Any]) -> None:
        shown = 0
        for methods in current["paths"].values():
            for operation in methods.values():
                content = operation["responses"].get("200", {}).get("content", {})
                answer = content.get("application/json", {})
                if "example" in answer:
                    shown += 1
                    schema = answer["schema"] | {"components": current["components"]}
                    Draft202012Validator(schema).validate(answer["example"])

        assert shown >= 8

    def test_nothing_breaks_for_those_who_rely_on_what_was_published(
        self, current: dict[str, Any]
    ) -> None:
        published = json.loads((OPENAPI / "published.json").read_text(encoding="utf-8"))

        found = breaks(compare_documents(published, current))

        assert [f"{one.where}: {one.what}" for one in found] == []

    def test_what_was_published_is_openapi_and_promises_something(self) -> None:
        published = json.loads((OPENAPI / "published.json").read_text(encoding="utf-8"))

        validate(published)
        assert published["paths"]


class TestJsonSchemas:
    def test_the_committed_schemas_are_what_the_code_produces(self) -> None:
        committed = {path.name: path.read_text(encoding="utf-8") for path in SCHEMAS.iterdir()}
        produced = {f"{name}.json": written(schema) for name, schema in json_schemas().items()}

        assert committed == produced, f"schemas/ has drifted: {AGAIN}"

    @pytest.mark.parametrize("name", sorted(json_schemas()))
    def test_each_is_a_schema_of_the_dialect_it_names(self, name: str) -> None:
        schema = json_schemas()[name]

        assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
        Draft202012Validator.check_schema(schema)
