"""What people see to themselves."""

from app import clock
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import WriteSession
from app.organisations.errors import PersonNotKnownError
from app.organisations.policies import check_person, check_version
from app.organisations.queries import people as queries
from app.values.person_name import read_name


async def rename_self(session: WriteSession, actor: Actor, name: str, expected: int) -> None:
    """Let a person be called something else; what they did before keeps the name they had then.

    Raises:
        NotAPersonError: a machine asks.
        VersionChangedError: the name was changed since it was read.
        ValueError: it is no name; routes find that out before.
    """
    person_id, wanted = check_person(actor), read_name(name)
    held = await queries.get_person(session, person_id, lock=True)
    if held is None:
        raise PersonNotKnownError("You are not on the register any more. Sign in again.")
    check_version(held.version, expected)
    if held.name == wanted:
        return
    before = held.name
    await queries.change_person(session, held, {"name": wanted, "changed_at": clock.now()})
    await record(
        session,
        actor,
        "person.renamed",
        Subject("person", person_id, wanted, actor.organisation_id),
        before={"name": before},
        after={"name": wanted},
    )
