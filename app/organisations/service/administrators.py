"""How an organisation comes by its first administrator: whoever runs the register invites them."""

from app.access import Actor
from app.db.events import WriteSession
from app.keyring.ring import Keyring
from app.organisations.errors import AdministratorThereError
from app.organisations.queries import members as queries
from app.organisations.service.invitations import Invited, NewInvitation, invite_with_link
from app.organisations.service.members import administered


async def invite_administrator(
    session: WriteSession, actor: Actor, ring: Keyring, new: NewInvitation, *, also: bool
) -> Invited:
    """Invite somebody to administer an organisation that nobody administers yet.

    Args:
        session: a transaction of the operator's.
        actor: the operator.
        ring: what the link's token is sealed under.
        new: whom.
        also: do so although the organisation has an administrator, because they cannot be reached.

    Raises:
        OrganisationNotFoundError: there is no such organisation.
        AdministratorThereError: it has an administrator, who should do it.
        AppError: whatever else `invite` refuses.
    """
    organisation = await administered(session, actor, new.organisation_id)
    if not also and await queries.has_administrator(session, organisation.id):
        raise AdministratorThereError(
            f"{organisation.name} has an administrator, who can invite others. If nobody can reach "
            "them, say --also."
        )
    return await invite_with_link(session, actor, ring, new)
