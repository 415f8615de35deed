"""Every router of funding, in the order in which they are tried."""

from fastapi import APIRouter

from app.funding.router import arrangements, lists

ROUTERS: tuple[APIRouter, ...] = (lists.router, arrangements.router)
