"""The pages on which a payer is signed for, confirmed by a second person, disputed and settled."""

from app.access import Permission
from app.audit.service import record_read
from app.db.events import ReadSession, WriteSession
from app.errors import NotFoundError
from app.funding.errors import PayerNotFoundError, ShareNotYoursError
from app.funding.queries.lists import paying_organisations
from app.funding.schemas.asked import DisputeSettlement, NewDispute, NewSignature
from app.funding.schemas.told import FundingDisputeOut, FundingPayerOut
from app.funding.service import arranging, disputing, telling
from app.funding.service import signing as service
from app.http.security import Requires
from app.pages.commissioning import signing_view as view
from app.pages.commissioning.forms import AnySession, At, add_form
from app.pages.commissioning.funding import ARRANGEMENT, FUNDING, PURPOSE
from app.pages.commissioning.funding_view import Read
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.questions import one_of
from app.pages.signed_in import own_router, understood

router = own_router()

SIGNS = Requires(Permission.FUNDING_SIGN)
DECIDES = Requires(Permission.FUNDING_DECIDE)


async def look(session: WriteSession, at: At) -> None:
    """Write down that somebody looks at an arrangement, to do something with it."""
    arrangement_id = at.id("arrangement_id")
    held = await arranging.look_at(session, arrangement_id)
    of = (await arranging.funded(session, [held.placement_id]))[held.placement_id]
    subject = arranging.subject_of(arrangement_id, of.commissioner_id)
    await record_read(session, at.actor, "funding.read", subject, PURPOSE)


async def read_arrangement(session: AnySession, at: At) -> Read:
    """Return an arrangement, and what whoever looks may do with it."""
    arrangement_id = at.id("arrangement_id")
    told = await telling.tell(session, at.ring, arrangement_id)
    held = await arranging.look_at(session, arrangement_id)
    pays = frozenset(await paying_organisations(session))
    own = await arranging.holds(session, at.actor, held)
    return Read(told, own, pays, placement_seen=False)


async def _part(session: AnySession, at: At) -> tuple[Read, FundingPayerOut]:
    read, number = await read_arrangement(session, at), at.whole("number")
    payer = next((one for one in read.told.terms.payers if one.number == number), None)
    if payer is None:
        raise PayerNotFoundError("The terms have no such payer. Go back to see who pays.")
    if not read.speaks_for(payer):
        raise ShareNotYoursError("Whoever pays speaks for itself. Ask the payer.")
    return read, payer


def _here(at: At, done: str) -> str:
    return f"{FUNDING}/{at.id('arrangement_id')}?done={done}"


async def _signing(session: ReadSession, at: At) -> FormAsked:
    return view.sign_form(at.actor, *await _part(session, at))


async def _sign(session: WriteSession, at: At, answers: Answers) -> str:
    said = {name: held for name, held in answers.items() if held is not None}
    said |= {"payer": at.whole("number"), "terms": int(one_of(at.sent, "terms") or 0)}
    new = understood(NewSignature, said)
    await service.sign(session, at.actor, at.id("arrangement_id"), new)
    return _here(at, "signed")


async def _disputing(session: ReadSession, at: At) -> FormAsked:
    return view.dispute_form(*await _part(session, at))


async def _dispute(session: WriteSession, at: At, answers: Answers) -> str:
    new = understood(NewDispute, answers | {"payer": at.whole("number")})
    await disputing.dispute(session, at.actor, at.ring, at.id("arrangement_id"), new)
    return _here(at, "disputed")


async def _settling(session: ReadSession, at: At) -> FormAsked:
    read = await read_arrangement(session, at)
    return view.settle_form(read, _found(read, at))


async def _settle(session: WriteSession, at: At, answers: Answers) -> str:
    said = understood(DisputeSettlement, {k: v for k, v in answers.items() if v is not None})
    of = (at.id("arrangement_id"), at.id("dispute_id"))
    await disputing.settle(session, at.actor, at.ring, of, said)
    return _here(at, "settled")


def _found(read: Read, at: At) -> FundingDisputeOut:
    wanted = at.id("dispute_id")
    for one in read.told.disputes:
        if one.id == wanted:
            return one
    raise NotFoundError("The arrangement has no such dispute. Go back to see those it has.")


async def _confirming(session: ReadSession, at: At) -> FormAsked:
    read = await read_arrangement(session, at)
    await arranging.check_holds(session, at.actor, await arranging.look_at(session, read.told.id))
    return view.confirm_form(read)


async def _confirm(session: WriteSession, at: At, _: Answers) -> str:
    await service.confirm_override(session, at.actor, (at.id("arrangement_id"), at.version))
    return _here(at, "payer-confirmed")


_PAYER = f"{ARRANGEMENT}/payers/{{number}}"
_NOT_YOURS = (ShareNotYoursError,)
add_form(router, f"{_PAYER}/sign", SIGNS, _signing, _sign, looks=look)
add_form(router, f"{_PAYER}/dispute", SIGNS, _disputing, _dispute, looks=look)
add_form(
    router,
    f"{ARRANGEMENT}/disputes/{{dispute_id}}/settle",
    SIGNS,
    _settling,
    _settle,
    looks=look,
    mendable=_NOT_YOURS,
)
add_form(router, f"{ARRANGEMENT}/confirm", DECIDES, _confirming, _confirm, looks=look)
