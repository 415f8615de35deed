"""What others build against: published JSON Schema of the exchange documents."""

from typing import Any

from pydantic import BaseModel

from app.inspections.schemas.published import InspectionDocument
from app.inspections.schemas.results import ResultDocument
from app.register.schemas.records import ProviderRecord
from app.register.schemas.search import SearchAnswer
from app.standards.schemas.published import Crosswalk, PolicyList, StandardsDocument

DIALECT = "https://json-schema.org/draft/2020-12/schema"
EXCHANGED: dict[str, type[BaseModel]] = {
    "provider-record": ProviderRecord,
    "provider-search": SearchAnswer,
    "inspection": InspectionDocument,
    "policies": PolicyList,
    "standards": StandardsDocument,
    "standards-crosswalk": Crosswalk,
}
"""What the register tells: file name, without its ending, of each document."""
TAKEN: dict[str, type[BaseModel]] = {"inspection-result": ResultDocument}
"""What the register takes in, likewise."""


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return each exchange document's JSON Schema (2020-12), by name."""
    told = {
        name: model.model_json_schema(mode="serialization") for name, model in EXCHANGED.items()
    }
    taken = {name: model.model_json_schema(mode="validation") for name, model in TAKEN.items()}
    return {name: {"$schema": DIALECT, **schema} for name, schema in (told | taken).items()}
