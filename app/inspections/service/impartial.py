"""Whether whoever acts is uninvolved, and who else could do it: so that nothing ever gets stuck."""

from collections.abc import Sequence
from typing import Any

from app.access import Actor, ActorKind
from app.db.events import ReadSession, WriteSession
from app.inspections.errors import NotIndependentError
from app.inspections.independence import Part, Taking, Why, why_not
from app.inspections.queries import hearing as queries
from app.inspections.schemas.hearing import CouldCheck

AnySession = ReadSession | WriteSession

MOST_NAMED = 20
"""How many bodies are named that could check; any of them will do."""
WORDS = {
    Why.NOT_A_PERSON: "It takes a named person; a machine cannot.",
    Why.NOT_OF_BODY: "You act neither for the body that inspects nor for a peer it has asked.",
    Why.HAS_STAKE: "You work, or worked, for whoever owns or owned the provider's record.",
    Why.DECLARED_INTEREST: "You declared an interest in the provider.",
    Why.INSPECTED: "You inspected it yourself.",
    Why.CHECKED: "You checked it yourself.",
    Why.ONLY_COMMISSIONER: (
        "Your own authority is the only one that places children there, and nobody of another "
        "inspected: a peer has to do this."
    ),
}
"""Why somebody may not, in words."""


async def why_not_here(
    session: AnySession, actor: Actor, inspection: Any, part: Part, *, anybody: bool = False
) -> Why | None:
    """Return why whoever acts may not take a part in an inspection; `None`: they may.

    Args:
        session: the transaction.
        actor: who acts.
        inspection: its row.
        part: what they would do.
        anybody: whether it is not only for the body asked to check.
    """
    row = await queries.get_part(session, inspection.id)
    taking = Taking(
        is_person=actor.kind is ActorKind.PERSON,
        inspected=bool(row and row.inspected),
        checked=bool(row and row.checked),
        has_stake=bool(row and row.tie == "stake"),
        declared_interest=bool(row and row.tie == "declared-interest"),
        of_body=bool(row and (anybody or row.of_body)),
        sole_commissioner=bool(row and row.sole_commissioner),
        others_judge=bool(row and row.others_judge),
    )
    return why_not(part, taking)


async def check_impartial(
    session: AnySession, actor: Actor, inspection: Any, part: Part, *, anybody: bool = False
) -> None:
    """Refuse whoever is involved, and say who else could do it.

    Raises:
        NotIndependentError: they are; `why` says how.
    """
    why = await why_not_here(session, actor, inspection, part, anybody=anybody)
    if why is None:
        return
    could = could_check(await queries.who_could_check(session, inspection.id))
    raise NotIndependentError(
        f"{WORDS[why]} {who_else(could)}",
        why=why.value,
        could_check=[one.model_dump(mode="json") for one in could],
    )


def could_check(rows: Sequence[Any]) -> list[CouldCheck]:
    """Return which bodies have somebody uninvolved, the inspecting one first."""
    return [
        CouldCheck(body=row.organisation_id, name=row.name, own=row.own, people=row.people)
        for row in rows[:MOST_NAMED]
    ]


def who_else(could: Sequence[CouldCheck]) -> str:
    """Say in a sentence who could do it instead."""
    if not could:
        return (
            "Nobody uninvolved on the register could do it now: ask another authority, or the "
            "department, to name a second officer."
        )
    names = ", ".join(f"{one.name} ({one.people})" for one in could[:3])
    return (
        f"Who could do it: {names}. A peer is asked at …/check-request with its id in check_body."
    )
