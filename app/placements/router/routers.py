"""Every router of placements, in the order in which they are tried."""

from fastapi import APIRouter

from app.placements.router import cases, declarations, ending, findings, loading, placements

ROUTERS: tuple[APIRouter, ...] = (
    *(
        loading.router,
        placements.router,
        ending.router,
        cases.router,
        findings.router,
        declarations.router,
    ),
)
