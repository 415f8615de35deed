"""Every router of notices, in the order in which they are tried."""

from fastapi import APIRouter

from app.notices.router import contacts, notices

ROUTERS: tuple[APIRouter, ...] = (notices.router, contacts.router)
