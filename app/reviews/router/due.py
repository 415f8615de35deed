"""The list of reviews over HTTP: which are due, overdue, or opened by a change."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app import clock
from app.access import Actor, Permission
from app.audit.service import record_read
from app.audit.terms import Subject
from app.children.queries.children import organisations_within
from app.children.router import StatedPurpose
from app.errors import FieldFault, InvalidRequestError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking
from app.organisations.router.pages import AskedPage
from app.providers.router.answering import ASKED, private
from app.reviews.queries import reviews as queries
from app.reviews.queries.reviews import Wanted
from app.reviews.schemas import ReviewDueList, ReviewDueOut
from app.reviews.service.due import light_of

REVIEWS = "/v1/reviews"

router = APIRouter(tags=["reviews"])

Reader = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_READ))]


@router.get(REVIEWS, operation_id="listReviews", responses=problems(*ASKED))
async def list_reviews(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Looking,
    actor: Reader,
    response: Response,
    page: AskedPage,
    purpose: StatedPurpose,
    overdue: Annotated[bool, Query(description="Only those that are overdue.")] = False,
    opened: Annotated[bool, Query(description="Only those opened by a change.")] = False,
) -> ReviewDueList:
    """List by when placements are reviewed next, the longest overdue first."""
    key = page.after((str, str))
    after = (_day(key[0]), key[1]) if key else None
    # Whom row security shows a child as responsible, sees its reviews, whoever commissioned them.
    within = None if actor.la_code else await organisations_within(session)
    wanted = Wanted(within, clock.today() if overdue else None, opened)
    found = await queries.list_due(session, wanted, after, page.limit + 1)
    subject = Subject("placements", str(actor.organisation_id), None, actor.organisation_id)
    await record_read(session, actor, "reviews.listed", subject, purpose)
    private(response)
    items = [
        ReviewDueOut(
            placement=row.placement_id,
            reference=row.reference,
            commissioner=row.commissioner,
            provider=row.provider,
            provider_name=row.provider_name,
            next_on=row.next_on,
            light=light_of(row.next_on, row.acknowledge_by),
            opened_by=sorted(row.causes or ()),
        )
        for row in found[: page.limit]
    ]
    return ReviewDueList(items=items, links=page.links(found, "next_on", "placement_id"))


def _day(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        detail = "The cursor is damaged. Begin again without it."
        fault = FieldFault(detail, parameter="cursor")
        raise InvalidRequestError(detail, errors=(fault,)) from None
