"""Builds the application: plumbing, routes, pages, and the pools it lives on; no logic."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from fastapi import FastAPI

from app.assessments.router import routers as assessments_routers
from app.attendance.router import routers as attendance_routers
from app.audit import router as audit_router
from app.audit.refusals import refusal_noter
from app.calculators.router import rules
from app.children import router as children_router
from app.concerns import router as concerns_router
from app.config import ConfigurationError, Settings
from app.db.engine import open_engine
from app.db.migrating import role_prefix_of
from app.db.read_pool import check_pool, open_read_pool
from app.db.transactions import Database
from app.files.filing import filing_of
from app.funding import errors as funding_errors
from app.funding.router import routers as funding_routers
from app.handlers import INSIDE, SCHEDULES, jobs
from app.http import wiring
from app.inspections import errors as inspection_errors
from app.inspections.router import published as inspections_published
from app.inspections.router import routers as inspections_routers
from app.keyring.ring import load as load_keyring
from app.notices.router import routers as notices_routers
from app.organisations import errors as organisation_errors
from app.organisations.authentication import authenticate
from app.organisations.router import (
    calendars,
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
from app.oversight.router import routers as oversight_routers
from app.pages.accounts import routers as account_pages
from app.pages.commissioning import routers as commissioning_pages
from app.pages.officers import routers as officers_pages
from app.pages.oversight import routers as oversight_pages
from app.pages.owners import routers as owners_pages
from app.pages.problems import render_problem
from app.pages.public import routers as public_pages
from app.pages.static_files import static_files
from app.placements.router import routers as placements_routers
from app.providers import errors as provider_errors
from app.providers import evidence_errors
from app.providers.router import routers as providers_routers
from app.register import errors as register_errors
from app.register.heads import KnownHead, admit
from app.register.router import downloads, feed, history, redactions, resolving, visits
from app.register.router import providers as register_router
from app.register.searching.memory import Memory
from app.register.watching import Pace, watch
from app.reviews.router import routers as reviews_routers
from app.safeguarding.router import routers as safeguarding_routers
from app.standards import errors as standards_errors
from app.standards.router import drafts as standards_drafts
from app.standards.router import policy_drafts
from app.standards.router import published as standards_published
from app.worker import beside, work

VERSION = "0.1.0"
FIRST_LOOK_SECONDS = 1.0
"""After which the backlog of jobs, and the register's head, are first looked at: whoever asks first
is served first."""
ROUTES = wiring.strict_routes(
    register_router.router,
    history.router,
    feed.router,
    downloads.router,
    resolving.router,
    visits.router,
    inspections_published.router,
    redactions.router,
    standards_published.router,
    rules.router,
    *public_pages.ROUTERS,
    people.router,
    sessions.router,
    organisations.router,
    calendars.router,
    members.router,
    second_factors.router,
    invitations.router,
    machines.router,
    oauth.router,
    standards_drafts.router,
    policy_drafts.router,
    audit_router.router,
    *providers_routers.ROUTERS,
    *inspections_routers.ROUTERS,
    concerns_router.router,
    children_router.router,
    *assessments_routers.ROUTERS,
    *oversight_routers.ROUTERS,  # before what takes any word for a placement's id
    *placements_routers.ROUTERS,
    *funding_routers.ROUTERS,
    *attendance_routers.ROUTERS,
    *reviews_routers.ROUTERS,
    *safeguarding_routers.ROUTERS,
    *notices_routers.ROUTERS,
    *account_pages.ROUTERS,
    *officers_pages.ROUTERS,
    *owners_pages.ROUTERS,
    *commissioning_pages.ROUTERS,
    *oversight_pages.ROUTERS,
)
"""What everybody reads comes first: routes are tried in order, and there are hundreds."""
DEMONSTRATION_ROUTES = wiring.strict_routes(*account_pages.DEMONSTRATION_ROUTERS)
CONSTRAINT_ERRORS = (
    provider_errors.CONSTRAINT_ERRORS
    | evidence_errors.CONSTRAINT_ERRORS
    | funding_errors.CONSTRAINT_ERRORS
    | inspection_errors.CONSTRAINT_ERRORS
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
        # FastAPI's own would tell addresses and queries, which may be of a child, to whatever
        # collector the environment names; it also asks for one at each request.
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=_lifespan,
        servers=[{"url": settings.public_url or "/"}],
        license_info={"name": "MIT (code), Open Government Licence v3.0 (data)"},
    )
    wiring.install(app, settings, constraint_errors=CONSTRAINT_ERRORS, render_page=render_problem)
    app.state.authenticate = authenticate
    app.state.note_refusal = refusal_noter()
    app.state.works = works
    app.state.known_head = app.state.answer_cache.freshness = KnownHead()
    if settings.answer_cache_bytes:
        app.state.answer_cache.serve(register_router.KEPT_IN_MEMORY)
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
    known_head: KnownHead = app.state.known_head
    read_url = settings.database_read_url.get_secret_value()
    read_pool = await open_read_pool(
        read_url,
        size=settings.read_pool_size,
        timeout_ms=settings.read_timeout_ms,
        admit=partial(admit, known_head),
    )
    app.state.keyring = load_keyring(settings.keyring_path)
    database = app.state.database = Database(engine, role_prefix_of(settings), INSIDE)
    app.state.read_pool = read_pool
    app.state.memory = Memory()
    meters: JobMeters = app.state.job_meters

    async def database_answers() -> None:
        await check_pool(read_pool)

    app.state.readiness_checks["database"] = database_answers
    async with AsyncExitStack() as running:
        await running.enter_async_context(
            beside(partial(watch_jobs, database, meters, after_seconds=FIRST_LOOK_SECONDS))
        )
        await running.enter_async_context(
            beside(
                partial(watch, known_head, read_url, pace=Pace(after_seconds=FIRST_LOOK_SECONDS))
            )
        )
        if app.state.works:
            handlers = jobs(settings, app.state.keyring)
            await running.enter_async_context(
                beside(partial(work, database, handlers, SCHEDULES, meters=meters))
            )
        yield
    await read_pool.close()
    await engine.dispose()
