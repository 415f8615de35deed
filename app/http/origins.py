"""Browsers send cookies along wherever a request comes from; so we ask where it comes from."""

import re

from starlette.requests import Request

from app.config import Settings
from app.http.errors import CrossSiteError
from app.http.routes import SAFE_METHODS, is_api_path

_OURS = frozenset({"same-origin", "none"})
_ADDRESS = re.compile(
    r"(https?)://([\w.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?(?:/.*)?", re.ASCII | re.IGNORECASE
)
_USUAL_PORT = {"http": "80", "https": "443"}


async def refuse_cross_site(request: Request) -> None:
    """Refuse what another site's page made a browser send; a dependency of the whole application.

    Concerns requests that change something and come with a cookie, or to a page. What a browser
    says of itself (`Sec-Fetch-Site`, else `Origin`) cannot be forged by a page; who says neither is
    refused, because every present browser says one of them.

    Raises:
        CrossSiteError: it came from elsewhere, or does not say.
    """
    if request.method in SAFE_METHODS:
        return
    if "cookie" not in request.headers and is_api_path(request.scope["path"]):
        return
    site = request.headers.get("sec-fetch-site")
    ours = site in _OURS if site else _is_our_origin(request)
    if not ours:
        raise CrossSiteError(
            "What you sent came from another site's page, or from a program that uses a cookie "
            "without the header Origin. Use the register's own pages, or a token."
        )


def _is_our_origin(request: Request) -> bool:
    """Say whether `Origin` names this service: scheme, host and port (RFC 6454 §5).

    Where `PUBLIC_URL` is set it alone counts, and `Host` is not looked at. Where it is not, as on
    somebody's own machine, `Host` is believed: a page cannot choose the `Host` its reader's browser
    sends, and a name of its own that it points at our address (DNS rebinding) brings no cookie of
    ours along, because the browser keeps cookies by name.
    """
    settings: Settings = request.app.state.settings
    host = request.headers.get("host", "")
    own = _origin_of(settings.public_url or f"{request.scope['scheme']}://{host}")
    return own is not None and own == _origin_of(request.headers.get("origin", ""))


def _origin_of(address: str) -> tuple[str, str, str] | None:
    """Return scheme, host and port in one spelling; `None` for what names none, such as `null`."""
    read = _ADDRESS.fullmatch(address)
    if read is None:
        return None
    scheme, host = read[1].lower(), read[2].lower()
    return scheme, host, read[3] or _USUAL_PORT[scheme]
