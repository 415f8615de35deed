"""Does the read model say what the log says?"""

import orjson

from app.db.events import ReadSession
from app.register import rendering
from app.register.queries import records


async def stale_documents(session: ReadSession) -> list[str]:
    """Render every provider's newest record again and return the numbers whose bytes differ.

    Numbers that stand in only one of the two are among them. The session's role must be able to
    read the log and the read model.
    """
    shown = await records.find_documents(session)
    stale: list[str] = []
    for newest in await records.find_newest_records(session):
        rendered = rendering.render(orjson.loads(newest.record), newest.entry, newest.recorded_at)
        if shown.pop(newest.number, None) != (rendered.summary, rendered.document):
            stale.append(newest.number)
    return sorted([*stale, *shown])
