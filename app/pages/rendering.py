"""Turn a template and its view into an answer.

Two Jinja environments, because they disagree about what is missing: the design system's components
rely on an absent option being "no", while in our own templates an absent value is a mistake that
must be seen. Ours call the components as functions, `{{ govukButton({...}) }}`, without imports.
"""

import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChainableUndefined,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.access import Actor, ActorKind, Permission
from app.organisations.terms import OrganisationKind
from app.pages import wording
from app.pages.view_models import Visitor
from app.places.facts import local_authorities

STATIC = Path(__file__).parent / "static"
STATIC_URL = "/static"
HASH_LENGTH = 8
_COMPONENTS = {
    "back-link": "govukBackLink",
    "breadcrumbs": "govukBreadcrumbs",
    "button": "govukButton",
    "checkboxes": "govukCheckboxes",
    "date-input": "govukDateInput",
    "error-summary": "govukErrorSummary",
    "file-upload": "govukFileUpload",
    "generic-header": "govukGenericHeader",
    "input": "govukInput",
    "notification-banner": "govukNotificationBanner",
    "pagination": "govukPagination",
    "phase-banner": "govukPhaseBanner",
    "radios": "govukRadios",
    "select": "govukSelect",
    "skip-link": "govukSkipLink",
    "tag": "govukTag",
    "task-list": "govukTaskList",
    "textarea": "govukTextarea",
    "warning-text": "govukWarningText",
}
"""The components our templates may call: folder and macro name in govuk-frontend-jinja."""
_DECIDING = frozenset({Permission.DECISIONS_PROPOSE, Permission.DECISIONS_CONFIRM})


def render(template: str, view: object, *, status_code: int = 200) -> HTMLResponse:
    """Return the page that `template` makes of `view`.

    Args:
        template: its file name under `templates/`.
        view: one of `view_models`, known to the template as `view`.
        status_code: the answer's status.

    Raises:
        jinja2.UndefinedError: the template asks for something the view does not hold.
    """
    html = environment().get_template(template).render(view=view)
    return HTMLResponse(html, status_code=status_code)


def visitor_of(request: Request, here: str | None = None) -> Visitor | None:
    """Return who is signed in, as the top of a page names them.

    Args:
        request: on a public address nobody asks who it is from, so nobody is named there.
        here: which part of the navigation the page belongs to.
    """
    actor: Actor | None = getattr(request.state, "actor", None)
    if actor is None or actor.kind is not ActorKind.PERSON:
        return None
    keeps = Permission.PROVIDER_RECORDS_MANAGE in actor.permissions
    inspects = Permission.INSPECTIONS_PLAN in actor.permissions
    places = Permission.PLACEMENTS_READ in actor.permissions
    whom = (actor.name, actor.organisation_name)
    oversees = Permission.OVERSIGHT_READ in actor.permissions and _watches(actor)
    signs = Permission.FUNDING_SIGN in actor.permissions and not places
    return Visitor(*whom, here, is_officer(actor), keeps, inspects, places, oversees, signs)


def _watches(actor: Actor) -> bool:
    """Say whether somebody acts for an authority or the department, which count what is placed."""
    return actor.la_code is not None or actor.organisation_kind == OrganisationKind.DEPARTMENT


def is_officer(actor: Actor) -> bool:
    """Say whether somebody acts for an authority, or decides on providers for another."""
    return actor.la_code is not None or not _DECIDING.isdisjoint(actor.permissions)


@cache
def authority_choices() -> tuple[tuple[str, str], ...]:
    """Return every local authority as (DfE code, name), by name, for a select."""
    by_name = sorted(local_authorities(), key=lambda authority: authority.name)
    return tuple((authority.la_code, authority.name) for authority in by_name)


@cache
def environment() -> Environment:
    """Return the environment of our own templates: escaping on, nothing missing allowed."""
    ours = Environment(
        loader=PackageLoader("app.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    ours.globals.update(_load_components())
    ours.globals.update(static_url=static_url, service_name=wording.SERVICE_NAME)
    return ours


def static_url(name: str) -> str:
    """Return the address of a static file, with what it holds as its version.

    A file that is not there gets its bare address: a page without its looks can still be read, and
    readiness is where the missing file is reported.
    """
    version = version_of(STATIC / name)
    return f"{STATIC_URL}/{name}?v={version}" if version else f"{STATIC_URL}/{name}"


def version_of(path: Path) -> str | None:
    """Return the short hash of a file, or `None` when it is not there."""
    try:
        facts = path.stat()
        return _hash(path, facts.st_mtime_ns, facts.st_size)
    except OSError:
        return None


@lru_cache(maxsize=64)
def _hash(path: Path, _changed: int, _size: int) -> str:
    """Hash a file once for each time it changes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:HASH_LENGTH]


def _load_components() -> dict[str, Any]:
    theirs = Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return {
        macro: getattr(
            theirs.get_template(f"govuk_frontend_jinja/components/{folder}/macro.html").module,
            macro,
        )
        for folder, macro in _COMPONENTS.items()
    }
