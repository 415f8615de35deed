"""Who may reach the routes of children's records."""

from app.access import Permission
from tests.contracts.routes import Route

CHILDREN = "/v1/children"
CHILD = f"{CHILDREN}/{{child_id}}"
QUESTIONS = "/v1/match-questions"
QUESTION = f"{QUESTIONS}/{{question_id}}"

READS = (Permission.CHILDREN_READ, False)
RECORDS = (Permission.CHILDREN_RECORD, False)
MATCHES = (Permission.CHILDREN_MATCH, False)

CHILD_ROUTES: dict[Route, tuple[Permission, bool]] = {
    ("GET", CHILDREN): READS,
    ("POST", CHILDREN): RECORDS,
    ("GET", CHILD): READS,
    ("PUT", f"{CHILD}/identity"): RECORDS,
    ("POST", f"{CHILD}/circumstances"): RECORDS,
    ("GET", f"{CHILD}/safe-contacts"): READS,
    ("PUT", f"{CHILD}/safe-contacts"): RECORDS,
    ("PUT", f"{CHILD}/hold"): (Permission.CHILDREN_ERASE, True),
    ("POST", f"{CHILD}/erasure"): (Permission.CHILDREN_ERASE, True),
    ("GET", QUESTIONS): MATCHES,
    ("GET", QUESTION): MATCHES,
    ("POST", f"{QUESTION}/answer"): MATCHES,
}
