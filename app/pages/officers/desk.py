"""What the pages of local authorities' officers, and of the department's, have in common."""

from typing import Annotated

from fastapi import Depends

from app.access import Actor, Permission
from app.http.security import Requires

APPLICATIONS, RECORDS = "applications", "records"
"""Parts of the navigation."""
ON_A_PAGE = 25

RecordsReader = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_READ))]
Proposer = Annotated[Actor, Depends(Requires(Permission.DECISIONS_PROPOSE))]
RecentProposer = Annotated[Actor, Depends(Requires(Permission.DECISIONS_PROPOSE, recently=True))]
RecentConfirmer = Annotated[Actor, Depends(Requires(Permission.DECISIONS_CONFIRM, recently=True))]
