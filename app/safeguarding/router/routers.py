"""Every router of safeguarding, in the order in which they are tried."""

from fastapi import APIRouter

from app.safeguarding.router import checklist, duties, listing

ROUTERS: tuple[APIRouter, ...] = (duties.router, checklist.router, listing.router)
