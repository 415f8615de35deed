"""The pages that everybody may see."""

from app.pages.public import register, standards

ROUTERS = (standards.router, register.router)
