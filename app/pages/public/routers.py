"""The pages that everybody may see."""

from app.pages.public import record, register, standards

ROUTERS = (standards.router, record.router, register.router)
