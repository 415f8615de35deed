"""The pages of providers' owners, in the order in which their addresses are tried."""

from app.pages import (
    claims,
    record_application_acts,
    record_applications,
    record_details,
    record_documents,
    record_offers,
    record_people,
    record_self_evaluations,
    record_sharing,
    record_sites,
    record_staff,
    record_standards,
    record_vouching,
    records,
)

ROUTERS = (
    claims.router,
    record_details.router,  # before records, which would take its word for a number
    records.router,
    record_people.router,
    record_sites.router,
    record_offers.router,
    record_vouching.router,
    record_documents.router,
    record_documents.sending_router,
    record_sharing.router,
    record_staff.router,
    record_self_evaluations.router,
    record_standards.router,
    record_applications.router,
    record_application_acts.router,
)
