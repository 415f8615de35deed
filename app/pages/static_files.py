"""Serve the pages' own static files: for a year when the address names what the file holds."""

import re
from pathlib import Path

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from typing_extensions import override

from app.pages import rendering

FOR_A_YEAR = "public, max-age=31536000, immutable"
ASK_EACH_TIME = "no-cache"

_PLAIN_NAME = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*")
"""Names of files we serve: no hidden ones, nothing that leads elsewhere."""


def static_files(directory: Path = rendering.STATIC) -> StaticFiles:
    """Return what to mount at `/static`."""
    return _VersionedFiles(directory=directory)


class _VersionedFiles(StaticFiles):
    """Starlette's file server, with our names, caching and refusals."""

    @override
    async def get_response(self, path: str, scope: Scope) -> Response:
        if not _PLAIN_NAME.fullmatch(path):
            return _not_found()
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code == 404:  # noqa: PLR2004 - the status itself
                return _not_found()
            raise
        asked = QueryParams(scope["query_string"]).get("v")
        held = rendering.version_of(Path(str(self.directory)) / path)
        response.headers["Cache-Control"] = FOR_A_YEAR if asked and asked == held else ASK_EACH_TIME
        return response


def _not_found() -> PlainTextResponse:
    return PlainTextResponse(
        "There is no file at this address.\n",
        status_code=404,
        headers={"Cache-Control": "no-store"},
    )
