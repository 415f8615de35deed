"""Every router of placements, in the order in which they are tried."""

from fastapi import APIRouter

from app.placements.router import cases, declarations, placements

ROUTERS: tuple[APIRouter, ...] = (placements.router, cases.router, declarations.router)
