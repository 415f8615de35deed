"""Twenty thousand calls made up from the OpenAPI document: each is answered as the document says.

schemathesis makes them up and compares the answers; the service is asked in this process.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

import asyncpg
import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, seed
from hypothesis import settings as bounds
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation

from app.config import Settings
from app.db.transactions import Database
from app.ledger.canonical import canonical
from app.main import create_app
from tests.factories.inspections import add_published_inspection
from tests.factories.worlds import World, make_register

pytestmark = pytest.mark.heavy

AnyCase: TypeAlias = Case[Any]

EXAMPLES = 20_000
SHARE_SPOILT = 16
"""One example in so many is spoilt on purpose; they take several times as long to make up."""

BASE = "http://register.test"
LONGEST_ADDRESS = 60_000
"""What a client library sends at all."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
NEVER_GOOD = {
    "POST /oauth/token": "nobody's secret can be made up",
    "GET /v1/standards/{code}/crosswalk": "there is only one version of the standards",
}
"""Calls that no made-up example brings to a good answer, and why."""


@dataclass
class Asking:
    """A client of the service, on a loop of its own, and how it was answered."""

    loop: asyncio.AbstractEventLoop
    client: httpx.AsyncClient
    answered: dict[str, Counter[int]] = field(default_factory=dict)

    def ask(self, case: AnyCase) -> httpx.Response:
        """Ask as the example says; what no client library would send is made up anew."""
        asked = requests.Request(**case.as_transport_kwargs(base_url=BASE)).prepare()
        address = str(asked.url)
        assume(len(address) < LONGEST_ADDRESS)
        headers = [(name, _written(value)) for name, value in asked.headers.items()]
        body = asked.body if isinstance(asked.body, (bytes, str)) else None
        request = httpx.Request(str(asked.method), address, headers=headers, content=body)
        answer = self.loop.run_until_complete(self.client.send(request))
        label = case.operation.label
        self.answered.setdefault(label, Counter())[answer.status_code] += 1
        return answer


@pytest.fixture
async def world(database: Database) -> World:
    return await make_register(database, seed=7, providers=40)


@pytest.fixture
async def inspected(world: World, owner: asyncpg.Connection) -> tuple[str, str]:
    """The number of a provider, and of an inspection of it that is published."""
    site = await owner.fetchrow(
        "SELECT s.id, p.number FROM sites s JOIN providers p ON p.id = s.provider_id "
        "WHERE p.status = 'listed' ORDER BY p.number, s.reference LIMIT 1"
    )
    assert site is not None
    made = await add_published_inspection(owner, {site["id"]: {}}, date(2026, 9, 1))
    told = {"reference": made.reference, "kind": "annual", "provider": site["number"]}
    told |= dict.fromkeys(("planned_on", "sent_on", "published_on"), "2026-09-01")
    told |= {"body": "Example Body", "standards": "working-set-1"}
    document = canonical(told | {"criteria": [], "sites": {}})
    async with owner.transaction():
        await owner.execute("SET LOCAL session_replication_role = replica")  # it never changes
        await owner.execute("UPDATE inspection_publications SET document = $1", document)
    return site["number"], made.reference


@pytest.fixture
def asking(settings: Settings, world: World) -> Iterator[Asking]:
    loop = asyncio.new_event_loop()
    opened = _client_of(settings)
    asking = Asking(loop, loop.run_until_complete(opened.__aenter__()))
    yield asking
    loop.run_until_complete(opened.__aexit__(None, None, None))
    loop.run_until_complete(_end_all())
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()


async def _end_all() -> None:
    """End whatever still runs: what a closed loop leaves behind fails some later test."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


def test_every_public_call_answers_as_the_document_says(
    world: World, inspected: tuple[str, str], asking: Asking
) -> None:
    number, reference = inspected
    known = {
        "number": sorted({held.number for held in world.held} | {number}),
        "scheme": ["ukprn"],
        "value": ["10000001", "10000002"],
        "code": ["working-set-1"],
        "reference": [reference],
    }
    operations = public_operations(create_app(Settings()).openapi())
    weights = {one.label: 1 + len(list(one.iter_parameters())) for one in operations}
    varied = sum(weight for weight in weights.values() if weight > 1)
    for operation in operations:
        examples = EXAMPLES * 1.05 * weights[operation.label] / varied
        spoilt = examples / SHARE_SPOILT
        _examine(asking, operation, GenerationMode.POSITIVE, int(examples - spoilt), known)
        if weights[operation.label] > 1:
            _examine(asking, operation, GenerationMode.NEGATIVE, int(spoilt), {})

    asked = {label: sum(counts.values()) for label, counts in asking.answered.items()}
    print(asking.answered)  # noqa: T201 - shown when it differs
    assert asked.keys() == weights.keys()
    assert sum(asked.values()) >= EXAMPLES
    never = {label for label, counts in asking.answered.items() if not counts[200]}
    assert never == NEVER_GOOD.keys()


def test_no_public_call_takes_a_parameter_that_the_document_does_not_know(asking: Asking) -> None:
    paths = create_app(Settings()).openapi()["paths"]
    for path, methods in paths.items():
        if not path.startswith("/v1/") or methods.get("get", {}).get("security", [1]) != []:
            continue
        places = {"number": "AP000001U", "code": "working-set-1", "reference": "QA000001K"}
        address = path.format(scheme="ukprn", value="1", **places)
        request = asking.client.get(address, params={"nonesuch": "1"})
        answer = asking.loop.run_until_complete(request)
        assert answer.status_code == 422, path
        assert [fault["parameter"] for fault in answer.json()["errors"]] == ["nonesuch"], path


def test_an_answer_that_is_not_as_the_document_says_would_be_found(asking: Asking) -> None:
    document = deepcopy(create_app(Settings()).openapi())
    document["components"]["schemas"]["HeadAnswer"]["properties"]["entry"] = {"type": "string"}
    (head,) = (one for one in public_operations(document) if one.label == "GET /v1/register")

    with pytest.raises(FailureGroup):
        _examine(asking, head, GenerationMode.POSITIVE, 1, {})


def public_operations(document: Mapping[str, Any]) -> list[APIOperation[Any, Any, Any, Any]]:
    """Return the operations of a document that need nobody signed in."""
    schema = schemathesis.openapi.from_dict(dict(document))
    found = []
    for one in schema.get_all_operations():
        assert isinstance(one, Ok), one
        found.append(one.ok())
    return [one for one in found if one.definition.raw["security"] == []]


def _written(header: str | bytes) -> str:
    return header if isinstance(header, str) else header.decode("latin-1")


def _examine(
    asking: Asking,
    operation: APIOperation[Any, Any, Any, Any],
    mode: GenerationMode,
    examples: int,
    known: Mapping[str, list[str]],
) -> None:
    """Make calls up, ask them, and compare each answer with the document.

    Args:
        known: values of placeholders that lead somewhere; every other example takes one.
    """

    @seed(20_000)
    @bounds(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(mode), somewhere=_somewhere(operation, known))
    def examine(case: AnyCase, somewhere: Mapping[str, str]) -> None:
        case.path_parameters.update(somewhere)
        case.validate_response(asking.ask(case), checks=CHECKS)

    examine()


def _somewhere(
    operation: APIOperation[Any, Any, Any, Any], known: Mapping[str, list[str]]
) -> st.SearchStrategy[Mapping[str, str]]:
    names = [name for name in known if f"{{{name}}}" in operation.path]
    found = st.fixed_dictionaries({name: st.sampled_from(known[name]) for name in names})
    return st.one_of(st.just({}), found) if names else found


@asynccontextmanager
async def _client_of(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url=BASE) as client,
    ):
        yield client
