"""The pages of commissioning, in the order in which their addresses are tried.

The order matters: of two addresses that fit, the first is taken. So a router whose addresses have
a word where another's have an id (`/commissioning/placements/add`) stands before that other.
"""

from app.pages.commissioning import (
    alerts,
    arranging,
    assessments,
    attendance,
    beginning,
    calendars,
    changing,
    children,
    closures,
    contacts,
    deciding,
    desk,
    exports,
    funding,
    leads,
    notices,
    options,
    placement_file,
    placements,
    placing,
    reviews,
    safety,
    signing,
    site_checks,
    steps,
)

ROUTERS = (
    desk.router,
    placing.router,
    placement_file.router,
    placement_file.sending_router,
    exports.router,
    changing.router,
    placements.router,
    notices.router,
    contacts.router,
    children.router,
    site_checks.router,
    calendars.router,
    beginning.router,  # before assessments, whose addresses would take its own for somebody's
    assessments.router,
    options.router,
    steps.router,
    deciding.router,
    reviews.router,
    safety.router,
    leads.router,
    attendance.router,
    alerts.router,
    closures.router,
    arranging.router,
    funding.router,
    signing.router,
)
