"""Browsers send cookies along wherever a request comes from; so we ask where it comes from."""

from urllib.parse import urlsplit

from starlette.requests import Request

from app.http.errors import CrossSiteError
from app.http.routes import is_api_path

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = frozenset({"same-origin", "none"})


async def refuse_cross_site(request: Request) -> None:
    """Refuse what another site's page made a browser send; a dependency of the whole application.

    Concerns requests that change something and come with a cookie, or to a page. What a browser
    says of itself (`Sec-Fetch-Site`, else `Origin`) cannot be forged by a page; who says neither is
    refused, because every present browser says one of them.

    Raises:
        CrossSiteError: it came from elsewhere, or does not say.
    """
    if request.method in _SAFE:
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
    origin = urlsplit(request.headers.get("origin", ""))
    own = {request.url.netloc, urlsplit(request.app.state.settings.address).netloc}
    return bool(origin.netloc) and origin.netloc in own
