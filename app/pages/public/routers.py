"""The pages that everybody may see."""

from app.pages.public import (
    calculators,
    compare,
    developers,
    inspections,
    record,
    register,
    standards,
)

ROUTERS = (
    *(standards.router, calculators.router, compare.router, developers.router),
    *(inspections.router, record.router, register.router),
)
