"""The pages that everybody may see."""

from app.pages.public import developers, record, register, standards

ROUTERS = (standards.router, developers.router, record.router, register.router)
