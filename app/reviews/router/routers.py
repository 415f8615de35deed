"""Every router of reviews, in the order in which they are tried."""

from fastapi import APIRouter

from app.reviews.router import due, reviews

ROUTERS: tuple[APIRouter, ...] = (due.router, reviews.router)
