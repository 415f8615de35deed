"""The pages that everybody may see."""

from app.pages.public import compare, developers, inspections, record, register, standards

ROUTERS = (
    *(standards.router, compare.router, developers.router),
    *(inspections.router, record.router, register.router),
)
