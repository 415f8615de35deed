"""Every router of attendance, in the order in which they are tried."""

from fastapi import APIRouter

from app.attendance.router import alerts, facts

ROUTERS: tuple[APIRouter, ...] = (facts.router, alerts.router)
