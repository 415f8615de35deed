"""The pages of providers' owners, in the order in which their addresses are tried."""

from app.pages.owners import (
    application_acts,
    applications,
    claims,
    details,
    documents,
    inspections,
    offers,
    people,
    records,
    self_evaluations,
    sharing,
    sites,
    staff,
    standards,
    vouching,
)

ROUTERS = (
    claims.router,
    details.router,  # before records, which would take its word for a number
    records.router,
    people.router,
    sites.router,
    offers.router,
    vouching.router,
    documents.router,
    documents.sending_router,
    sharing.router,
    staff.router,
    self_evaluations.router,
    standards.router,
    inspections.router,
    applications.router,
    application_acts.router,
)
