"""The one table of who reacts to what.

`INSIDE` handlers run in the transaction that announced the event, before it commits: if one fails,
nothing happened.
"""

from app.db.events import InsideHandlers
from app.providers.events import ProviderChanged
from app.register.publishing import publish_changed

INSIDE: InsideHandlers = {
    ProviderChanged: (publish_changed,),
}
