"""What an OpenAPI document says often is said once: answers, parameters and examples.

Hundreds of routes refuse the same in the same words; a document that repeats them is several times
as long, and nobody finds in it what sets one route apart.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeAlias

from app.http.problems import MEDIA_TYPE

Document: TypeAlias = dict[str, Any]


def share(document: Document) -> None:
    """Move what operations have in common into `components`, and refer to it there.

    One that differs from another of the same name stays where it is.
    """
    for kind, move in (
        ("examples", _share_examples),
        ("responses", _share_responses),
        ("parameters", _share_parameters),
    ):
        shared: Document = document.get("components", {}).get(kind, {})
        move(document, shared)
        if shared:
            document.setdefault("components", {})[kind] = dict(sorted(shared.items()))


def _operations(document: Document) -> Iterator[Document]:
    for path in document.get("paths", {}).values():
        yield from (one for one in path.values() if isinstance(one, dict))


def _share_examples(document: Document, shared: Document) -> None:
    for operation in _operations(document):
        for response in operation.get("responses", {}).values():
            content = response.get("content", {}).get(MEDIA_TYPE, {})
            for name, example in content.get("examples", {}).items():
                if shared.setdefault(name, example) == example:
                    content["examples"][name] = {"$ref": f"#/components/examples/{name}"}


def _share_responses(document: Document, shared: Document) -> None:
    """Share refusals; what an operation answers when all goes well is its own."""
    often = Counter(
        json.dumps(response, sort_keys=True)
        for operation in _operations(document)
        for response in operation.get("responses", {}).values()
    )
    for operation in _operations(document):
        for status, response in operation.get("responses", {}).items():
            slugs = response.get("content", {}).get(MEDIA_TYPE, {}).get("examples", {})
            if often[json.dumps(response, sort_keys=True)] == 1 or not (slugs or _is_any(response)):
                continue
            name = ".".join([status, *sorted(slugs)])
            if shared.setdefault(name, response) == response:
                operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}


def _share_parameters(document: Document, shared: Document) -> None:
    often = Counter(
        json.dumps(parameter, sort_keys=True)
        for operation in _operations(document)
        for parameter in operation.get("parameters", [])
    )
    for operation in _operations(document):
        for place, parameter in enumerate(operation.get("parameters", [])):
            if "$ref" in parameter or often[json.dumps(parameter, sort_keys=True)] == 1:
                continue
            name = f"{parameter['in']}.{parameter['name']}"
            if shared.setdefault(name, parameter) == parameter:
                operation["parameters"][place] = {"$ref": f"#/components/parameters/{name}"}


def _is_any(response: Document) -> bool:
    """Say whether this is the refusal that stands for any other."""
    return list(response.get("content", {})) == [MEDIA_TYPE]
