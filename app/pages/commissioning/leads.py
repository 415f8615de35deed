"""The pages on which it is said who answers for a placed child, and duties are handed over."""

import uuid

from app.access import Permission
from app.audit.service import record_read
from app.db.events import ReadSession, WriteSession
from app.errors import NotFoundError
from app.http.security import Requires
from app.pages.commissioning import safety_forms as asked
from app.pages.commissioning.forms import AnySession, At, add_form
from app.pages.commissioning.placement_wording import CAPACITIES
from app.pages.commissioning.safety import PURPOSE, SAFETY
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.questions import Offered
from app.pages.signed_in import own_router, understood
from app.placements.service.recording import subject_of
from app.safeguarding.errors import DutyNotYoursError, DutyOfferNotFoundError
from app.safeguarding.queries import duties as queries
from app.safeguarding.schemas import (
    DutyAcceptance,
    DutyOfferOut,
    DutyOut,
    NewDutyOffer,
    NewDutyPerson,
)
from app.safeguarding.service import handing, telling
from app.safeguarding.terms import Duty

router = own_router()

HANDS_OVER = Requires(Permission.SAFEGUARDING_HAND_OVER)


async def look(session: WriteSession, at: At) -> None:
    """Write down that somebody looks at who answers for a child, to change it."""
    placement_id = at.id("placement_id")
    facts = await handing.look_at(session, placement_id)
    subject = subject_of(placement_id, facts.commissioner_id)
    await record_read(session, at.actor, "safeguarding.contacts_read", subject, PURPOSE)


def _which(at: At) -> Duty:
    held = at.text("duty", "[a-z-]{1,40}")
    if held not in {*Duty}:
        raise NotFoundError("There is no such duty. Go back, and follow the link again.")
    return Duty(held)


async def _duties(session: AnySession, at: At) -> list[DutyOut]:
    placement_id = at.id("placement_id")
    facts = await handing.look_at(session, placement_id)
    return (await telling.tell(session, at.ring, placement_id, facts)).duties


async def _own(session: AnySession, at: At) -> DutyOut:
    duty = next(one for one in await _duties(session, at) if one.duty is _which(at))
    if not duty.yours:
        raise DutyNotYoursError("The body that answers for it names its people and offers it.")
    return duty


async def _naming(session: ReadSession, at: At) -> FormAsked:
    return asked.person_form(at.id("placement_id"), await _own(session, at))


async def _name(session: WriteSession, at: At, answers: Answers) -> str:
    placement_id = at.id("placement_id")
    new = understood(NewDutyPerson, {"duty": _which(at), "person": _person(answers)})
    await handing.name_person(session, at.actor, at.ring, placement_id, new)
    return f"{asked.safety_url(placement_id)}?done=person-named"


async def _asking(session: ReadSession, at: At) -> FormAsked:
    duty = await _own(session, at)
    bodies = await _bodies(session, at.id("placement_id"), duty.body.id)
    return asked.offer_form(at.id("placement_id"), duty, bodies)


async def _ask(session: WriteSession, at: At, answers: Answers) -> str:
    placement_id = at.id("placement_id")
    new = understood(NewDutyOffer, {"duty": _which(at)} | answers)
    await handing.offer(session, at.actor, placement_id, new)
    return f"{asked.safety_url(placement_id)}?done=duty-offered"


async def _bodies(
    session: AnySession, placement_id: uuid.UUID, present: uuid.UUID
) -> list[Offered]:
    """Return the bodies that have a duty to the child, besides the one that answers."""
    found = await queries.bodies_of(session, placement_id)
    names = await queries.names_of(session, list(found.values()))
    return [
        (capacity, names[body].name, CAPACITIES[capacity])
        for capacity, body in found.items()
        if body != present and body in names
    ]


async def _answering(session: ReadSession, at: At) -> FormAsked:
    return asked.answer_form(at.id("placement_id"), await _offer(session, at), _answer(at))


async def _say(session: WriteSession, at: At, answers: Answers) -> str:
    of = (at.id("placement_id"), at.id("offer_id"))
    answer = _answer(at)
    if answer == asked.ACCEPT:
        said = understood(DutyAcceptance, {"person": _person(answers)})
        await handing.accept(session, at.actor, at.ring, of, said)
    elif answer == asked.REFUSE:
        await handing.refuse(session, at.actor, of)
    else:
        await handing.withdraw(session, at.actor, of)
    return f"{asked.safety_url(of[0])}?done=offer-{answer}"


def _answer(at: At) -> str:
    return at.text("answer", f"{asked.ACCEPT}|{asked.REFUSE}|{asked.WITHDRAW}")


async def _offer(session: AnySession, at: At) -> DutyOfferOut:
    wanted = at.id("offer_id")
    for duty in await _duties(session, at):
        for one in duty.offers:
            if one.id == wanted:
                return one
    raise DutyOfferNotFoundError("No offer has this id, or none that you may see.")


def _person(answers: Answers) -> dict[str, object]:
    return {name: held for name, held in answers.items() if held is not None}


_DUTY = f"{SAFETY}/duties/{{duty}}"
add_form(router, f"{_DUTY}/person", HANDS_OVER, _naming, _name, looks=look)
add_form(router, f"{_DUTY}/offer", HANDS_OVER, _asking, _ask, looks=look)
add_form(
    router, f"{SAFETY}/offers/{{offer_id}}/{{answer}}", HANDS_OVER, _answering, _say, looks=look
)
