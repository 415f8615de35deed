"""Every router of oversight, in the order in which they are tried."""

from fastapi import APIRouter

from app.oversight.router import counting, exports, follow_ups, looking, settings

ROUTERS: tuple[APIRouter, ...] = (
    *(exports.router, looking.router, follow_ups.router, counting.router, settings.router),
)
