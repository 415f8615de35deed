"""Every router of safeguarding, in the order in which they are tried."""

from fastapi import APIRouter

from app.safeguarding.router import duties

ROUTERS: tuple[APIRouter, ...] = (duties.router,)
