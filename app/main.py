"""Builds the application: plumbing, routes, pages, and the pools it lives on; no logic."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from fastapi import FastAPI

from app.audit import router as audit_router
from app.audit.refusals import refusal_noter
from app.config import ConfigurationError, Settings
from app.db.engine import open_engine
from app.db.migrating import role_prefix_of
from app.db.read_pool import check_pool, open_read_pool
from app.db.transactions import Database
from app.files.filing import filing_of
from app.handlers import INSIDE, SCHEDULES, jobs
from app.http import wiring
from app.keyring.ring import load as load_keyring
from app.organisations import errors as organisation_errors
from app.organisations.authentication import authenticate
from app.organisations.router import (
    invitations,
    machines,
    members,
    oauth,
    organisations,
    people,
    second_factors,
    sessions,
)
from app.outbox.meters import JobMeters, add_job_meters, watch_jobs
from app.pages import (
    account,
    acts,
    invitation,
    inviting,
    many,
    officer_claims,
    officer_evidence,
    officer_links,
    officer_records,
    officer_vouching,
    organisation,
    record_pages,
    second_factor,
    sign_in,
)
from app.pages import applications as applications_pages
from app.pages import decisions as decisions_pages
from app.pages import known_providers as known_providers_pages
from app.pages import machines as machines_pages
from app.pages import merges as merges_pages
from app.pages import people as people_pages
from app.pages import redactions as redactions_pages
from app.pages import router as pages_router
from app.pages import standards as standards_pages
from app.pages.rendering import render_problem
from app.pages.static_files import static_files
from app.providers import errors as provider_errors
from app.providers import evidence_errors
from app.providers.router import (
    applications,
    known_providers,
    listings,
    matches,
    merges,
    transitions,
)
from app.providers.router import claims as provider_claims
from app.providers.router import documents as provider_documents
from app.providers.router import links as provider_links
from app.providers.router import naming as provider_naming
from app.providers.router import people as provider_people
from app.providers.router import records as provider_records
from app.providers.router import self_evaluations as provider_self_evaluations
from app.providers.router import sharing as provider_sharing
from app.providers.router import sites as provider_sites
from app.providers.router import staff as provider_staff
from app.providers.router import vouching as provider_vouching
from app.register import errors as register_errors
from app.register.router import history, redactions
from app.register.router import providers as register_router
from app.standards import errors as standards_errors
from app.standards.router import drafts as standards_drafts
from app.standards.router import policy_drafts
from app.standards.router import published as standards_published
from app.worker import beside, work

VERSION = "0.1.0"
ROUTES = wiring.strict_routes(
    register_router.router,
    history.router,
    redactions.router,
    standards_published.router,
    people.router,
    sessions.router,
    organisations.router,
    members.router,
    second_factors.router,
    invitations.router,
    machines.router,
    oauth.router,
    standards_drafts.router,
    policy_drafts.router,
    applications.router,
    transitions.router,
    listings.router,
    audit_router.router,
    matches.router,
    merges.router,
    known_providers.router,
    provider_documents.router,
    provider_sharing.router,
    provider_staff.router,
    provider_self_evaluations.router,
    provider_records.router,
    provider_naming.router,
    provider_sites.router,
    provider_people.router,
    provider_vouching.router,
    provider_links.router,
    provider_claims.router,
    sign_in.router,
    second_factor.router,
    invitation.router,
    account.router,
    organisation.router,
    inviting.router,  # before people, whose addresses would take its own for somebody's
    people_pages.router,
    machines_pages.router,
    acts.router,
    many.router,  # before applications, whose addresses would take its own for somebody's
    applications_pages.router,
    decisions_pages.router,
    officer_records.router,
    officer_evidence.router,
    officer_vouching.router,
    officer_claims.router,
    officer_links.router,
    redactions_pages.router,
    merges_pages.router,
    *record_pages.ROUTERS,
    standards_pages.router,
    known_providers_pages.router,
    pages_router.router,
)
DEMONSTRATION_ROUTES = wiring.strict_routes(sign_in.demonstration_router)
CONSTRAINT_ERRORS = (
    provider_errors.CONSTRAINT_ERRORS
    | evidence_errors.CONSTRAINT_ERRORS
    | organisation_errors.CONSTRAINT_ERRORS
    | register_errors.CONSTRAINT_ERRORS
    | standards_errors.CONSTRAINT_ERRORS
)
DESCRIPTION = """The national register of non-school alternative provision in England.

Reading needs no key. Lists are paged by following `links.next`; an answer says which state of the
register it shows. Problems follow RFC 9457 and say what is wrong, where, and how to mend it."""


def create_app(settings: Settings, *, works: bool = False) -> FastAPI:
    """Build the application; nothing is connected to before it starts serving.

    Args:
        settings: as an operator set them.
        works: whether it does jobs too, for want of a worker of its own.
    """
    app = FastAPI(
        title="Register of non-school alternative provision",
        version=VERSION,
        description=DESCRIPTION,
        openapi_url=None,
        lifespan=_lifespan,
        servers=[{"url": settings.public_url or "/"}],
        license_info={"name": "MIT (code), Open Government Licence v3.0 (data)"},
    )
    wiring.install(app, settings, constraint_errors=CONSTRAINT_ERRORS, render_page=render_problem)
    app.state.authenticate = authenticate
    app.state.note_refusal = refusal_noter()
    app.state.works = works
    app.state.job_meters = add_job_meters(app.state.metrics.registry, settings.jobs_late_seconds)
    app.router.routes.extend(ROUTES)
    if settings.may_sign_in_for_demonstration:
        app.router.routes.extend(DEMONSTRATION_ROUTES)  # nowhere else do they exist
    app.mount("/static", static_files(), name="static")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    if settings.database_url is None or settings.database_read_url is None:
        message = "DATABASE_URL and DATABASE_READ_URL must be set, or use `ap-register serve`."
        raise ConfigurationError(message)
    app.state.filing = filing_of(settings)
    engine = open_engine(settings.database_url.get_secret_value(), pool_size=settings.pool_size)
    read_pool = await open_read_pool(
        settings.database_read_url.get_secret_value(),
        size=settings.read_pool_size,
        timeout_ms=settings.read_timeout_ms,
    )
    app.state.keyring = load_keyring(settings.keyring_path)
    database = app.state.database = Database(engine, role_prefix_of(settings), INSIDE)
    app.state.read_pool = read_pool
    meters: JobMeters = app.state.job_meters

    async def database_answers() -> None:
        await check_pool(read_pool)

    app.state.readiness_checks["database"] = database_answers
    async with AsyncExitStack() as running:
        await running.enter_async_context(beside(partial(watch_jobs, database, meters)))
        if app.state.works:
            handlers = jobs(settings, app.state.keyring)
            await running.enter_async_context(
                beside(partial(work, database, handlers, SCHEDULES, meters=meters))
            )
        yield
    await read_pool.close()
    await engine.dispose()
