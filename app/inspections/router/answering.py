"""What every route on inspections has in common: who asks, how it is answered, what refused."""

from datetime import date
from typing import Annotated, TypeVar

from fastapi import Depends, Path, Response

from app.access import Actor, Permission
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
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
from app.inspections.errors import (
    InspectionMoveNotAllowedError,
    InspectionNotFoundError,
    NotYourInspectionError,
)

Dated = TypeVar("Dated", bound=date)

INSPECTIONS = "/v1/inspections"
INSPECTION = f"{INSPECTIONS}/{{reference}}"

ASKED = (
    *(NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError),
    InvalidRequestError,
)
LOOKED = (*ASKED, InspectionNotFoundError)
DONE = (*LOOKED, NotYourInspectionError, InspectionMoveNotAllowedError, KeyReusedError)
EDITED = (VersionChangedError, VersionNeededError)
RECENT = (SignInAgainError,)

Reader = Annotated[Actor, Depends(Requires(Permission.INSPECTIONS_READ))]
Owner = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_MANAGE))]
Planner = Annotated[Actor, Depends(Requires(Permission.INSPECTIONS_PLAN))]
Submitter = Annotated[Actor, Depends(Requires(Permission.INSPECTIONS_SUBMIT))]
Checker = Annotated[Actor, Depends(Requires(Permission.INSPECTIONS_CHECK))]
RecentChecker = Annotated[Actor, Depends(Requires(Permission.INSPECTIONS_CHECK, recently=True))]

Reference = Annotated[
    str, Path(pattern="^[A-Za-z0-9]{1,20}$", description="The inspection's number: QA000017K.")
]


def private(response: Response, version: int | None = None) -> None:
    """Keep an answer out of every cache, and name the version it shows."""
    response.headers["Cache-Control"] = "no-store"
    if version is not None:
        response.headers["ETag"] = version_tag(version)


def located(response: Response, address: str) -> None:
    """Say where the outcome can be read again, should the same request come again."""
    response.headers["Location"] = address


def read_key(kind: type[Dated], text: str) -> Dated:
    """Return a day or moment of a cursor's sort key.

    Raises:
        InvalidRequestError: the cursor is damaged.
    """
    try:
        return kind.fromisoformat(text)
    except ValueError:
        detail = "The cursor is damaged. Begin again without it."
        fault = FieldFault(detail, parameter="cursor")
        raise InvalidRequestError(detail, errors=(fault,)) from None
