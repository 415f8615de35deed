"""Every router of quality assurance, in the order in which routes are tried."""

from app.inspections.router import files, inspections, interests, judgements, results, suspensions

ROUTERS = (
    inspections.router,
    judgements.router,
    files.router,
    interests.router,
    results.router,
    suspensions.router,
)
