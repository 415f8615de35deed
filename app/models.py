"""Every slice's tables in one place, so that migrations and tests see them whole."""

from app.db.base import Base
from app.interchange import models as interchange
from app.ledger import models as ledger
from app.places import models as places
from app.providers import models as providers
from app.register import models as register

metadata = Base.metadata
SLICES = (interchange, ledger, places, providers, register)
