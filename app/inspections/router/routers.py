"""Every router of quality assurance, in the order in which routes are tried."""

from app.inspections.router import inspections, interests, judgements, suspensions

ROUTERS = (inspections.router, judgements.router, interests.router, suspensions.router)
