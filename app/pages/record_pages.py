"""The pages of providers' owners, in the order in which their addresses are tried."""

from app.pages import (
    claims,
    record_details,
    record_offers,
    record_people,
    record_sites,
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
)
