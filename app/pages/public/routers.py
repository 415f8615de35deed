"""The pages that everybody may see."""

from app.pages.public import compare, developers, record, register, standards

ROUTERS = (standards.router, compare.router, developers.router, record.router, register.router)
