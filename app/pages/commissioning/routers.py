"""The pages of commissioning, in the order in which their addresses are tried.

The order matters: of two addresses that fit, the first is taken. So a router whose addresses have
a word where another's have an id (`/commissioning/placements/add`) stands before that other.
"""

from app.pages.commissioning import changing, desk, placements, placing

ROUTERS = (
    desk.router,
    placing.router,
    changing.router,
    placements.router,
)
