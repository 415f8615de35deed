"""The pages of people and their organisations, in the order in which addresses are tried."""

from app.pages.accounts import (
    account,
    acts,
    invitation,
    inviting,
    machines,
    organisation,
    people,
    second_factor,
    sign_in,
)

ROUTERS = (
    sign_in.router,
    second_factor.router,
    invitation.router,
    account.router,
    organisation.router,
    inviting.router,  # before people, whose addresses would take its own for somebody's
    people.router,
    machines.router,
    acts.router,
)
DEMONSTRATION_ROUTERS = (sign_in.demonstration_router,)
"""Ways in that are nowhere but in a demonstration."""
