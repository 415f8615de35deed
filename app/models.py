"""Every slice's tables in one place, so that migrations and tests see them whole."""

from app.assessments.models import assessments, site_checks
from app.attendance import models as attendance
from app.audit import models as audit
from app.children import models as children
from app.concerns import models as concerns
from app.db import idempotency
from app.db.base import Base
from app.files import models as files
from app.funding import models as funding
from app.inspections.models import (
    following,
    hearing,
    inspections,
    judgements,
    outcomes,
    publications,
    reliances,
    results,
    suspensions,
)
from app.interchange import models as interchange
from app.ledger import models as ledger
from app.notices import models as notices
from app.occupancy import models as occupancy
from app.organisations.models import machines, matching, organisations, people, sign_in
from app.outbox import models as outbox
from app.oversight import models as oversight
from app.placements import models as placements
from app.places import models as places
from app.providers.models import (
    documents,
    listings,
    ownership,
    providers,
    reminders,
    self_evaluations,
    sites,
)
from app.providers.models import people as provider_people
from app.register import models as register
from app.reviews import models as reviews
from app.safeguarding import models as safeguarding
from app.standards import models as standards

metadata = Base.metadata
SLICES = (
    *(audit, idempotency, files, interchange, ledger, outbox, places, register, standards),
    *(documents, listings, ownership, provider_people, providers, sites),
    *(reminders, self_evaluations),
    *(hearing, inspections, judgements, outcomes, publications, reliances, results, suspensions),
    *(following, occupancy, concerns, children, placements, assessments, site_checks),
    *(funding, attendance, oversight, reviews, safeguarding, notices),
    *(machines, matching, organisations, people, sign_in),
)
