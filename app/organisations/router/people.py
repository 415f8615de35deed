"""Whoever asks sees who they are, and people see to their own name."""

from fastapi import APIRouter, Response

from app.access import Actor, ActorKind
from app.db.events import ReadSession, WriteSession
from app.errors import InvalidRequestError, VersionChangedError
from app.http.conditions import ExpectedVersion, version_tag
from app.http.errors import NotSignedInError, TokenRefusedError, VersionNeededError
from app.http.problems import problems
from app.http.security import CurrentActor
from app.http.sessions import Reading, Writing
from app.organisations.errors import NotAPersonError, PersonNotKnownError
from app.organisations.queries import people as queries
from app.organisations.schemas.people import ActedFor, Me, OwnMembership, PersonChange
from app.organisations.service import people as service

router = APIRouter(prefix="/v1/me", tags=["people"])

_ASKED = (NotSignedInError, TokenRefusedError)


@router.get("", operation_id="getMe", responses=problems(*_ASKED))
async def get_me(session: Reading, actor: CurrentActor, response: Response) -> Me:
    """Say who is asking, for whom they act, and what they may do there."""
    return await _me(session, actor, response)


@router.patch(
    "",
    operation_id="changeMe",
    responses=problems(
        *_ASKED,
        NotAPersonError,
        PersonNotKnownError,
        InvalidRequestError,
        VersionChangedError,
        VersionNeededError,
    ),
)
async def change_me(
    session: Writing,
    actor: CurrentActor,
    response: Response,
    change: PersonChange,
    expected: ExpectedVersion,
) -> Me:
    """Be called something else. What you did before keeps the name you had then."""
    await service.rename_self(session, actor, change.name, expected)
    response.headers["Location"] = router.prefix
    return await _me(session, actor, response)


async def _me(session: ReadSession | WriteSession, actor: Actor, response: Response) -> Me:
    response.headers["Cache-Control"] = "no-store"
    assert actor.id is not None  # noqa: S101 - whoever asks over HTTP is somebody
    name, held = actor.name, []
    if actor.kind is ActorKind.PERSON:
        person = await queries.get_person(session, actor.id)
        if person is not None:
            name = person.name
            response.headers["ETag"] = version_tag(person.version)
        held = [
            OwnMembership.model_validate(one, from_attributes=True)
            for one in await queries.list_memberships(session, actor.id)
        ]
    return Me(
        kind=actor.kind,
        id=actor.id,
        name=name,
        organisation=_acted_for(actor),
        roles=sorted(actor.roles),
        permissions=sorted(actor.permissions),
        authenticated_at=actor.authenticated_at,
        memberships=held,
    )


def _acted_for(actor: Actor) -> ActedFor | None:
    if actor.organisation_id is None:
        return None
    return ActedFor(id=actor.organisation_id, name=actor.organisation_name or "")
