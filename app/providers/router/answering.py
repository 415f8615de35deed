"""What every route on private records has in common: who asks, how it is answered, what refused."""

from typing import Annotated

from fastapi import Depends, Path, Request, Response

from app.access import Actor, Permission
from app.db.events import ReadSession, WriteSession
from app.errors import InvalidRequestError, VersionChangedError
from app.http.conditions import version_tag
from app.http.errors import (
    KeyReusedError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    SignInAgainError,
    TokenRefusedError,
    VersionNeededError,
)
from app.http.security import Requires
from app.keyring.ring import Keyring
from app.providers.errors import NotYoursToJudgeError, ProviderNotFoundError, RecordNotYoursError

AnySession = ReadSession | WriteSession

RECORDS = "/v1/provider-records"
RECORD = f"{RECORDS}/{{number}}"

ASKED = (
    *(NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError),
    InvalidRequestError,
)
LOOKED = (*ASKED, ProviderNotFoundError)
KEPT = (*LOOKED, RecordNotYoursError, KeyReusedError)
JUDGED = (*LOOKED, NotYoursToJudgeError, KeyReusedError)
EDITED = (VersionChangedError, VersionNeededError)
RECENT = (SignInAgainError,)
"""Refusals of those who must have shown who they are a moment ago."""

Reader = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_READ))]
Manager = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_MANAGE))]
Signer = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_SIGN))]
RecentSigner = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_SIGN, recently=True))]
Inviter = Annotated[Actor, Depends(Requires(Permission.PROVIDERS_INVITE))]
RecentInviter = Annotated[Actor, Depends(Requires(Permission.PROVIDERS_INVITE, recently=True))]
Verifier = Annotated[Actor, Depends(Requires(Permission.PROVIDERS_VERIFY))]
Proposer = Annotated[Actor, Depends(Requires(Permission.DECISIONS_PROPOSE))]

Number = Annotated[
    str, Path(pattern="^[A-Za-z0-9]{1,20}$", description="The provider's number: AP000017B.")
]
Reference = Annotated[int, Path(ge=1, le=32_767, description="The site, within the provider.")]


async def _keyring(request: Request) -> Keyring:
    held: Keyring = request.app.state.keyring
    return held


Ring = Annotated[Keyring, Depends(_keyring)]


def private(response: Response, version: int | None = None) -> None:
    """Keep an answer out of every cache, and name the version it shows."""
    response.headers["Cache-Control"] = "no-store"
    if version is not None:
        response.headers["ETag"] = version_tag(version)


def located(response: Response, address: str) -> None:
    """Say where the outcome can be read again, should the same request come again."""
    response.headers["Location"] = address
