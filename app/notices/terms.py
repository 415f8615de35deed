"""The words of notices; their kinds, recipients and ways are those of `rules.notices`."""

from collections.abc import Mapping
from enum import StrEnum

from app.rules.notices.kinds import NoticeKind


class SendingOutcome(StrEnum):
    """What became of a notice that was composed."""

    SENT = "sent"
    RETURNED = "returned"
    """It came back, or was refused at the door."""
    NOT_SENT = "not-sent"
    """It was recorded as sent by mistake."""


class NoticeChange(StrEnum):
    """What has changed since a notice was composed."""

    STARTS_ON = "starts_on"
    PLANNED_END_ON = "planned_end_on"
    TIMETABLE = "timetable"
    SITE = "site"
    LEAD_CONTACT = "lead_contact"
    SAFE_CONTACTS = "safe_contacts"


class ContactRelation(StrEnum):
    """What somebody is to the child."""

    PARENT = "parent"
    CARER = "carer"
    FOSTER_CARER = "foster-carer"
    GUARDIAN = "guardian"
    LOCAL_AUTHORITY = "local-authority"
    OTHER = "other"


class Lacking(StrEnum):
    """What a document does not say and should; it can be sent, and the answer warns."""

    REPORT_TO = "report-to"
    REASONS = "reasons"
    WHAT_FOR = "what-for"
    LAST_DAY = "last-day"
    ADDRESS = "address"
    LEAD_CONTACT = "lead-contact"
    SAFE_CONTACTS = "safe-contacts"


LACKING: Mapping[Lacking, str] = {
    Lacking.REPORT_TO: "Say to whom the child reports on the first day.",
    Lacking.REASONS: "Say the reasons for it.",
    Lacking.WHAT_FOR: "Say what it is for: what the child is to gain by it.",
    Lacking.LAST_DAY: "The placement has no planned end, so the notice says no number of days.",
    Lacking.ADDRESS: "The record of the site has no address. Ask the provider to add it.",
    Lacking.LEAD_CONTACT: "The lead contact has no telephone number or e-mail on record.",
    Lacking.SAFE_CONTACTS: "Nobody has said who may be told of this child, and how it is safe.",
}
CHANGED: Mapping[NoticeChange, str] = {
    NoticeChange.STARTS_ON: "the first day",
    NoticeChange.PLANNED_END_ON: "the last day",
    NoticeChange.TIMETABLE: "the week",
    NoticeChange.SITE: "the record of the site",
    NoticeChange.LEAD_CONTACT: "the lead contact",
    NoticeChange.SAFE_CONTACTS: "who may be told, and how",
}
TITLES: Mapping[NoticeKind, str] = {
    NoticeKind.DIRECTION: "Notice that a pupil is to be educated elsewhere",
    NoticeKind.SUSPENSION_PLACE: "Notice of education during a suspension",
    NoticeKind.PARENT_COPY: "About the place that has been arranged",
    NoticeKind.HOME_AUTHORITY: "Notice to the local authority where the child lives",
    NoticeKind.PLAN_AUTHORITY: "Notice to the local authority that maintains the plan",
    NoticeKind.SOCIAL_WORKER: "Notice to the social worker",
    NoticeKind.VIRTUAL_SCHOOL_HEAD: "Notice to the virtual school head",
    NoticeKind.HOME_SCHOOL: "Notice to the school on whose roll the child is",
    NoticeKind.SERVICE_AGREEMENT: "Agreement on one child's place",
}
