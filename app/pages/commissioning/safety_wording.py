"""The plain words for the codes of what keeps a placed child safe."""

from collections.abc import Mapping

from app.pages.part_view import TagView
from app.rules.safeguarding.law import ItemForce, Whose
from app.rules.safeguarding.standing import ItemStanding, SafeguardingStatus
from app.safeguarding.terms import ItemSource, OfferAnswer

STATUSES: Mapping[str, TagView] = {
    SafeguardingStatus.GREEN: TagView("Green: everything is current", "green"),
    SafeguardingStatus.AMBER: TagView("Amber: something is due or missing", "orange"),
    SafeguardingStatus.RED: TagView("Red: act now", "red"),
}
STANDINGS: Mapping[str, TagView] = {
    ItemStanding.CURRENT: TagView("Done", "green"),
    ItemStanding.DUE_SOON: TagView("Due soon", "yellow"),
    ItemStanding.MISSING: TagView("Missing", "orange"),
    ItemStanding.OVERDUE: TagView("Overdue", "red"),
    ItemStanding.NOT_ASKED: TagView("Not asked here", "grey"),
}
WHOSE: Mapping[str, str] = {
    Whose.COMMISSIONER: "the commissioner",
    Whose.HOME_SCHOOL: "the child's school",
    Whose.PROVIDER: "the provider",
    Whose.DIRECTING_SCHOOL: "the school that directs",
}
FORCES: Mapping[str, str] = {ItemForce.MUST: "Must be done", ItemForce.SHOULD: "Should be done"}
SOURCES: Mapping[str, str] = {
    ItemSource.LEAD_CONTACT: "Read from who answers for the child, on this page",
    ItemSource.SITE_CHECKS: "Read from your own checks of the site",
    ItemSource.REVIEWS: "Read from the reviews of the placement",
    ItemSource.ATTENDANCE: "Read from what is reported of attendance",
    ItemSource.NOTICES: "Read from the parent's copy that was sent",
}
ANSWERS: Mapping[str, str] = {
    OfferAnswer.ACCEPTED: "Accepted",
    OfferAnswer.REFUSED: "Refused",
    OfferAnswer.WITHDRAWN: "Taken back",
}
