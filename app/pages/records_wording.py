"""The plain words for the codes of private records, as whoever keeps one meets them."""

from collections.abc import Mapping

from app.providers.record_terms import Availability, ContactKind, LegalForm, PersonKind
from app.providers.terms import Scheme, Status
from app.values.site_kind import StaffSize

LEGAL_FORMS: Mapping[str, str] = {
    LegalForm.COMPANY: "Limited company",
    LegalForm.COMMUNITY_INTEREST_COMPANY: "Community interest company (CIC)",
    LegalForm.CHARITY: "Charity",
    LegalForm.CHARITABLE_COMPANY: "Company that is also a charity",
    LegalForm.PARTNERSHIP: "Partnership",
    LegalForm.SOLE_TRADER: "Sole trader: one person in business",
    LegalForm.PUBLIC_BODY: "Part of a council or another public body",
    LegalForm.OTHER: "Something else",
}

STAFF_SIZES: Mapping[str, str] = {
    StaffSize.LONE: "One adult",
    StaffSize.SMALL: "Two to four adults",
    StaffSize.LARGER: "Five adults or more",
}

PERSON_KINDS: Mapping[str, str] = {
    PersonKind.PROPRIETOR: "Owner of the business",
    PersonKind.DIRECTOR: "Director",
    PersonKind.TRUSTEE: "Trustee",
    PersonKind.PARTNER: "Partner",
    PersonKind.MANAGER: "Manager",
    PersonKind.SAFEGUARDING_LEAD: "Designated safeguarding lead",
    PersonKind.DEPUTY_SAFEGUARDING_LEAD: "Deputy safeguarding lead",
}

CONTACT_KINDS: Mapping[str, str] = {
    ContactKind.PHONE: "Phone number",
    ContactKind.EMAIL: "E-mail address",
    ContactKind.ADDRESS: "Postal address",
}

SCHEMES: Mapping[str, str] = {
    Scheme.COMPANIES_HOUSE: "Company number (Companies House)",
    Scheme.CHARITY_COMMISSION: "Charity number (Charity Commission)",
    Scheme.UKPRN: "UK provider reference number (UKPRN)",
}

AVAILABILITIES: Mapping[str, str] = {
    Availability.PLACES_NOW: "Places now",
    Availability.SOON: "Places soon",
    Availability.FULL: "Full",
}

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

RECORD_STATUSES: Mapping[str, tuple[str, str]] = {
    Status.KNOWN: ("Not listed yet", "grey"),
    Status.LISTED: ("Listed", "green"),
    Status.LISTED_WITH_ACTIONS: ("Listed with actions", "teal"),
    Status.UNDER_REVIEW: ("Under review", "yellow"),
    Status.SUSPENDED: ("Suspended", "red"),
    Status.REMOVED: ("Removed", "grey"),
    Status.CLOSED: ("Closed", "grey"),
}
"""What an owner's own pages call where a provider stands, and the colour of the tag."""

DONE: Mapping[str, str] = {
    "begun": "The record has begun. Go on with what is to do.",
    "claimed": "The record is in your hands. Go on with what is to do.",
    "not-ours": "The invitation was declined.",
    "inspection-no-more-comments": "The inspectors were told that you have no more comments.",
    "inspection-appeal": "You have appealed. Somebody uninvolved decides.",
    "inspection-revisit": "You have asked to be visited again.",
    "finding-comment": "Your comment was sent to the inspectors.",
    "finding-reply": "Your reply is public.",
    "finding-take-back": "Your reply is no longer shown.",
    "finding-action": "The action was kept.",
    "finding-evidence": "The evidence was sent to the inspectors.",
    "details": "The details were saved.",
    "reported": "What you saw was reported. Whoever placed the children sees it.",
    "days-closed": "Nobody is expected on these days.",
    "days-opened": "It was taken back: children are expected on these days.",
    "declared": "The declaration was kept. Renew it before it stops counting.",
    "contributed": "It was kept for whoever reviews the placement.",
    "name-added": "The name was added.",
    "name-withdrawn": "The name was taken out.",
    "number-added": "The number was added. Nobody has checked it yet.",
    "number-withdrawn": "The number was taken out.",
    "person-added": "The person was added.",
    "person-changed": "What is said of the person was saved.",
    "person-ended": "The day was noted. They stay on record, with that day.",
    "contact-added": "The contact was added.",
    "contact-ended": "The contact was taken out.",
    "bank-given": "The account was noted. The numbers themselves were not kept.",
    "site-added": "The site was added. Say next what is offered there.",
    "site-changed": "The site was saved.",
    "site-closed": "The day on which the site closes was noted.",
    "offer-added": "The offer was added.",
    "offer-changed": "The offer was saved.",
    "offer-ended": "The day on which the offer ends was noted.",
    "places": "Whether there are places was confirmed for today.",
    "consented": "You agreed to publication.",
    "consent-taken-back": "You took your agreement to publication back.",
    "confirmed": "You confirmed the whole record today.",
    "document-added": "The document was sent.",
    "document-withdrawn": "The document was taken back.",
    "shared": "They see it from now on.",
    "share-ended": "They see nothing by it any more.",
    "staff-added": "They were added. Note next what was checked.",
    "staff-changed": "What is said of them was saved.",
    "staff-ended": "The day was noted. They stay on record, with that day.",
    "check-noted": "The check was noted.",
    "evaluation-begun": "The self-evaluation has begun.",
    "answers-saved": "Your answers were saved.",
    "evaluation-completed": "The self-evaluation is completed.",
    "evaluation-carried-over": "Your answers were carried over. Go on with what is to do.",
    "application-begun": "The application has begun. See what is missing before you submit it.",
    "scope-changed": "What you apply for was saved.",
    "application-submitted": "The application was submitted.",
    "application-withdrawn": "The application was taken back. It is a draft again.",
    "question-answered": "Your answer is with the assessor.",
    "listing-closed": "It was noted that you close it.",
}
"""What a page says of the form that led to it; nothing else can be put there by an address."""
