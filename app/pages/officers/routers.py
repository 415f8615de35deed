"""The pages of officers, in the order in which their addresses are tried."""

from app.pages.officers import (
    applications,
    claims,
    decisions,
    evidence,
    inspection_form,
    known_providers,
    links,
    many,
    merges,
    records,
    redactions,
    vouching,
)
from app.pages.officers.quality import routers as quality

ROUTERS = (
    many.router,  # before applications, whose addresses would take its own for somebody's
    applications.router,
    decisions.router,
    records.router,
    evidence.router,
    vouching.router,
    claims.router,
    links.router,
    redactions.router,
    merges.router,
    known_providers.router,
    inspection_form.router,
    *quality.ROUTERS,
)
