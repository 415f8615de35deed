"""The pages of quality assurance, in the order in which their addresses are tried."""

from app.pages.officers.quality import (
    desk,
    hearing,
    inspections,
    interests,
    judging,
    planning,
)

ROUTERS = (
    desk.router,
    planning.router,
    inspections.router,
    judging.router,
    hearing.router,
    interests.router,
)
