"""Who may reach the routes of follow-ups and of counts."""

from app.access import Permission
from tests.contracts.routes import Route

FOLLOW_UPS = "/v1/follow-ups"
FOLLOW_UP = f"{FOLLOW_UPS}/{{follow_up_id}}"
OVERSIGHT = "/v1/oversight"

READS = (Permission.FOLLOW_UPS_READ, False)
CLOSES = (Permission.FOLLOW_UPS_CLOSE, False)
OVERSEES = (Permission.OVERSIGHT_READ, False)

OVERSIGHT_ROUTES: dict[Route, tuple[Permission, bool]] = {
    ("GET", FOLLOW_UPS): READS,
    ("GET", FOLLOW_UP): READS,
    ("POST", f"{FOLLOW_UP}/steps"): (Permission.FOLLOW_UPS_RECORD, False),
    ("POST", f"{FOLLOW_UP}/handover"): CLOSES,
    ("POST", f"{FOLLOW_UP}/handover/answer"): CLOSES,
    ("POST", f"{FOLLOW_UP}/outcome"): CLOSES,
    ("GET", f"{OVERSIGHT}/unaccounted"): READS,
    ("GET", f"{OVERSIGHT}/placements"): (Permission.PLACEMENTS_READ, False),
    ("GET", "/v1/placements/export"): (Permission.PLACEMENTS_READ, False),
    ("GET", "/v1/children/{child_id}/everything"): (Permission.CHILDREN_READ, False),
    ("GET", f"{OVERSIGHT}/balance"): OVERSEES,
    ("GET", f"{OVERSIGHT}/settings"): OVERSEES,
}
