"""Edits say which version they edit: `If-Match` against the version an entity tag names."""

import re
from typing import Annotated

from fastapi import Depends, Header
from starlette.requests import Request

from app.http.errors import VersionNeededError

_TAG = re.compile(r'[ \t]*"([1-9][0-9]{0,8})"[ \t]*')


def version_tag(version: int) -> str:
    """Return the entity tag of a version, quotes included."""
    return f'"{version}"'


async def expected_version(
    request: Request,
    if_match: Annotated[
        str | None, Header(description="The `ETag` of what you read before you changed it.")
    ] = None,
) -> int:
    """Return the version the caller believes is the present one; the service compares.

    Raises:
        VersionNeededError: the header is missing, or names no one version; `*` would let one
            person's change undo another's unseen.
    """
    said_once = len(request.headers.getlist("if-match")) == 1
    read = _TAG.fullmatch(if_match or "") if said_once else None
    if read is None:
        raise VersionNeededError(
            "Send the header If-Match once, with the ETag you read last, such as "
            'If-Match: "3". Read it again with GET if you have none.'
        )
    return int(read[1])


ExpectedVersion = Annotated[int, Depends(expected_version)]
