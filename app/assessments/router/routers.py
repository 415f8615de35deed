"""Every router of assessments, in the order in which they are tried."""

from fastapi import APIRouter

from app.assessments.router import assessments, decisions, site_checks

ROUTERS: tuple[APIRouter, ...] = (site_checks.router, assessments.router, decisions.router)
