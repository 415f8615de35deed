"""The pages of oversight, in the order in which their addresses are tried."""

from app.pages.oversight import cases, findings, follow_ups, matching, start

ROUTERS = (start.router, follow_ups.router, cases.router, findings.router, matching.router)
