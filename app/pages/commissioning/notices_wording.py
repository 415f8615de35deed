"""The plain words for the codes of notices and safe contacts."""

from collections.abc import Mapping

from app.notices.terms import ContactRelation, NoticeChange, SendingOutcome
from app.pages.part_view import TagView
from app.rules.notices.kinds import NoticeKind, Recipient
from app.rules.notices.standing import NoticeLight, NoticeStanding, SendingWay

KINDS: Mapping[str, str] = {
    NoticeKind.DIRECTION: "Notice of the direction",
    NoticeKind.SUSPENSION_PLACE: "Notice of the place during the suspension",
    NoticeKind.PARENT_COPY: "The parent's copy, in plain language",
    NoticeKind.HOME_AUTHORITY: "Notice to the authority where the child lives",
    NoticeKind.PLAN_AUTHORITY: "Notice to the authority that maintains the plan",
    NoticeKind.SOCIAL_WORKER: "Notice to the social worker",
    NoticeKind.VIRTUAL_SCHOOL_HEAD: "Notice to the virtual school head",
    NoticeKind.HOME_SCHOOL: "Notice to the child's school",
    NoticeKind.SERVICE_AGREEMENT: "Agreement with the provider, for signature",
}
TO: Mapping[str, str] = {
    Recipient.PARENT: "A parent or carer",
    Recipient.PUPIL: "The pupil, who is 18",
    Recipient.HOME_AUTHORITY: "The authority where the child lives",
    Recipient.PLAN_AUTHORITY: "The authority that maintains the plan",
    Recipient.SOCIAL_WORKER: "The social worker",
    Recipient.VIRTUAL_SCHOOL_HEAD: "The virtual school head",
    Recipient.HOME_SCHOOL: "The child's school",
    Recipient.PROVIDER: "The provider",
}
STANDS: Mapping[str, str] = {
    NoticeStanding.TO_COMPOSE: "To be composed",
    NoticeStanding.TO_SEND: "To be sent",
    NoticeStanding.SENT: "Sent",
    NoticeStanding.COMPOSE_AGAIN: "Composed of earlier facts",
}
COLOURS: Mapping[str, str] = {
    NoticeLight.GREEN: "green",
    NoticeLight.AMBER: "orange",
    NoticeLight.RED: "red",
}
LIGHTS: Mapping[str, TagView] = {
    NoticeLight.GREEN: TagView("In time", "green"),
    NoticeLight.AMBER: TagView("Look at these", "orange"),
    NoticeLight.RED: TagView("Overdue by law", "red"),
}
WAYS: Mapping[str, str] = {
    SendingWay.POST: "By post",
    SendingWay.HAND: "Handed over",
    SendingWay.EMAIL: "By e-mail",
    SendingWay.PORTAL: "Through a portal",
}
OUTCOMES: Mapping[str, str] = {
    SendingOutcome.SENT: "It was sent, on the day and in the way below",
    SendingOutcome.RETURNED: "It was sent so, and came back",
    SendingOutcome.NOT_SENT: "It was not sent: that was written down by mistake",
}
CAME_OF_IT: Mapping[str, str] = {
    SendingOutcome.SENT: "Sent",
    SendingOutcome.RETURNED: "Came back",
    SendingOutcome.NOT_SENT: "Not sent",
}
RELATIONS: Mapping[str, str] = {
    ContactRelation.PARENT: "Parent",
    ContactRelation.CARER: "Carer",
    ContactRelation.FOSTER_CARER: "Foster carer",
    ContactRelation.GUARDIAN: "Guardian",
    ContactRelation.LOCAL_AUTHORITY: "Local authority, as corporate parent",
    ContactRelation.OTHER: "Somebody else",
}
CHANGES: Mapping[str, str] = {
    NoticeChange.STARTS_ON: "the first day",
    NoticeChange.PLANNED_END_ON: "the last day",
    NoticeChange.TIMETABLE: "the week",
    NoticeChange.SITE: "the record of the site",
    NoticeChange.LEAD_CONTACT: "the lead contact",
    NoticeChange.SAFE_CONTACTS: "who may be told, and how",
}
DONE: Mapping[str, str] = {
    "composed": "The notice was composed. Read it, send it, and write down that you did.",
    "sent": "That was written down.",
    "contacts": "Who may be told was written down. Notices composed before say what held then.",
}
