"""The one table of who reacts to what.

`INSIDE` handlers run in the transaction that announced the event, before it commits: if one fails,
nothing happened. What must happen afterwards is asked for there as a job, whose handler is in
`JOBS`; `SCHEDULES` come round by themselves.
"""

from app.db.events import InsideHandlers
from app.organisations.events import LinkMade
from app.outbox.service import enqueue_each
from app.providers.events import ProviderChanged
from app.register.publishing import publish_changed

INSIDE: InsideHandlers = {
    ProviderChanged: (publish_changed,),
    LinkMade: (enqueue_each("mail.link"),),
}
