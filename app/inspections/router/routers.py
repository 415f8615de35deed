"""Every router of quality assurance, in the order in which routes are tried."""

from app.inspections.router import (
    amendments,
    files,
    following,
    hearing,
    impacts,
    inspections,
    interests,
    judgements,
    queue,
    reliances,
    results,
    suspensions,
)

ROUTERS = (
    inspections.router,
    judgements.router,
    files.router,
    hearing.router,
    amendments.router,
    following.router,
    interests.router,
    results.router,
    suspensions.router,
    reliances.router,
    queue.router,
    impacts.router,
)
