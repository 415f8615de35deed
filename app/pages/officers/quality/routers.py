"""The pages of quality assurance, in the order in which their addresses are tried."""

from app.pages.officers.quality import (
    amending,
    concerns,
    desk,
    files,
    following,
    hearing,
    inspections,
    interests,
    judging,
    planning,
    reliances,
    results,
    suspensions,
)

ROUTERS = (
    desk.router,
    planning.router,
    inspections.router,
    judging.router,
    files.router,
    files.sending_router,
    hearing.router,
    amending.router,
    following.router,
    results.router,
    results.sending_router,
    concerns.router,
    suspensions.router,
    reliances.router,
    interests.router,
)
