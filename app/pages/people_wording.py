"""The plain words for roles, permissions, purposes and acts, as people meet them on their pages.

Every code of `app.access`, `app.organisations.terms` and `app.audit.terms` that a page shows has
words here; a test sees to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.access import Permission, Role
from app.audit.terms import ActOutcome, Purpose
from app.organisations.terms import (
    FactorsTaken,
    IdentifierScheme,
    InvitationState,
    MembershipEnd,
    Method,
    OrganisationKind,
    SignInWay,
    Source,
)


@dataclass(frozen=True, slots=True)
class RoleWords:
    """What a role is called, and what whoever has it is there for."""

    label: str
    meaning: str


ROLES: Mapping[str, RoleWords] = {
    Role.ADMINISTRATOR: RoleWords(
        "Administrator",
        "Invites people and ends their access, gives them roles, looks after the organisation's "
        "machines, and can read what was done.",
    ),
    Role.COMMISSIONER: RoleWords("Commissioner", "Arranges places for children, and records them."),
    Role.APPROVER: RoleWords("Approver", "Agrees to what a commissioner has prepared."),
    Role.FINANCE_SIGNATORY: RoleWords(
        "Finance signatory", "Agrees to what the organisation will pay."
    ),
    Role.SAFEGUARDING_LEAD: RoleWords(
        "Designated safeguarding lead",
        "Leads on keeping children safe, and can read what was done.",
    ),
    Role.INSPECTOR: RoleWords("Inspector", "Visits providers and writes down what was found."),
    Role.SECOND_OFFICER: RoleWords(
        "Second officer", "Looks again at what somebody else has judged."
    ),
    Role.PROVIDER_MANAGER: RoleWords(
        "Provider manager", "Keeps what the register says of a provider up to date."
    ),
    Role.ASSESSOR: RoleWords("Assessor", "Weighs evidence against the published standards."),
    Role.ANALYST: RoleWords("Analyst", "Reads and counts; changes nothing."),
    Role.STANDARDS_EDITOR: RoleWords(
        "Standards editor",
        "Drafts the minimum standards and the register's policies, and publishes what a colleague "
        "has drafted.",
    ),
}

PERMISSIONS: Mapping[str, str] = {
    Permission.ORGANISATIONS_READ: "Look up organisations",
    Permission.ORGANISATIONS_ADD: "Add a team, or the owner of a provider, and correct them",
    Permission.MEMBERS_READ: "See who works for the organisation, and in which roles",
    Permission.MEMBERS_MANAGE: "Invite people, change their roles and end their access",
    Permission.MACHINES_READ: "See which machines act for the organisation",
    Permission.MACHINES_MANAGE: "Add machines, and shut them out",
    Permission.AUDIT_READ: "Read what was done, by whom and why",
    Permission.STANDARDS_DRAFT: "Draft minimum standards and policies",
    Permission.STANDARDS_PUBLISH: "Publish standards and policies that a colleague drafted",
    Permission.PROVIDER_RECORDS_READ: "See what is not public of the providers you answer for",
    Permission.PROVIDER_RECORDS_MANAGE: "Keep a provider's record and evidence up to date",
    Permission.PROVIDER_RECORDS_SIGN: "Claim a provider's record, consent, confirm and apply",
    Permission.PROVIDERS_INVITE: "Invite a provider to claim its record",
    Permission.PROVIDERS_VERIFY: "Verify what a provider says of itself",
    Permission.DECISIONS_PROPOSE: "Assess applications, and propose what becomes of a listing",
    Permission.DECISIONS_CONFIRM: "Confirm or decline what a colleague has proposed",
    Permission.INSPECTIONS_READ: "See inspections that are planned, made or of your providers",
    Permission.INSPECTIONS_PLAN: "Plan inspections, and name who inspects",
    Permission.INSPECTIONS_SUBMIT: "Write down what was found in inspections, and submit results",
    Permission.INSPECTIONS_CHECK: "Check and publish what colleagues found in inspections",
    Permission.CONCERNS_RAISE: "Raise concerns about a provider",
    Permission.CONCERNS_READ: "See concerns about the providers you answer for",
    Permission.CONCERNS_CLOSE: "Look into concerns about a provider, and close them",
    Permission.CHILDREN_READ: "Read records of children you place or are responsible for",
    Permission.CHILDREN_RECORD: "Keep records of the children you place",
    Permission.CHILDREN_ERASE: "Erase a child's record",
    Permission.CHILDREN_MATCH: "Say whether two records are of one child",
    Permission.PLACEMENTS_READ: "See placements of children you place or are responsible for",
    Permission.PLACEMENTS_RECORD: "Record placements, change their timetables and end them",
    Permission.FUNDING_READ: "See who pays for the placements you commission, pay for or provide",
    Permission.FUNDING_RECORD: "Arrange who pays for placements",
    Permission.FUNDING_SIGN: "Sign or dispute what the organisation pays for placements",
    Permission.FUNDING_DECIDE: "Confirm a payer whom the law does not name",
    Permission.PLACEMENTS_DECIDE: "Decide whether a place suits a child, where others asked for it",
    Permission.FOLLOW_UPS_READ: "See who follows children whose destination is not known",
    Permission.FOLLOW_UPS_RECORD: "Record what was tried to find a child",
    Permission.FOLLOW_UPS_CLOSE: "Hand over the search for a child, and say how it ended",
    Permission.OVERSIGHT_READ: "See counts of placements, and those that need attention",
    Permission.ATTENDANCE_READ: "See who is expected, who came, and alerts",
    Permission.ATTENDANCE_REPORT: "Report who came, and on which days nobody is expected",
    Permission.ATTENDANCE_CODE: "Enter codes of the school's attendance register",
    Permission.SAFEGUARDING_READ: "See who answers for a placed child",
    Permission.SAFEGUARDING_RECORD: "Record what keeps a placed child safe",
    Permission.SAFEGUARDING_HAND_OVER: "Name who answers for a placed child, and hand that over",
    Permission.REGISTRATION_CASES_READ: "See which settings may have to register as a school",
    Permission.REGISTRATION_CASES_CLOSE: "Say what the department found of such a setting",
}

KINDS: Mapping[str, str] = {
    OrganisationKind.LOCAL_AUTHORITY: "Local authority",
    OrganisationKind.LOCAL_AUTHORITY_TEAM: "Team of a local authority",
    OrganisationKind.SCHOOL: "School",
    OrganisationKind.TRUST: "Academy trust",
    OrganisationKind.FEDERATION: "Federation of schools",
    OrganisationKind.QA_BODY: "Quality assurance body",
    OrganisationKind.PROVIDER_OWNER: "Owner of a provider",
    OrganisationKind.DEPARTMENT: "Government department",
}

SCHEMES: Mapping[str, str] = {
    IdentifierScheme.URN: "Unique reference number (URN)",
    IdentifierScheme.UKPRN: "UK provider reference number (UKPRN)",
    IdentifierScheme.UPRN: "Unique property reference number (UPRN)",
    IdentifierScheme.DFE_NUMBER: "DfE number",
    IdentifierScheme.GROUP_UID: "Group UID",
    IdentifierScheme.GROUP_ID: "Group ID",
    IdentifierScheme.COMPANIES_HOUSE: "Company number",
    IdentifierScheme.LA_CODE: "Local authority code",
}

SOURCES: Mapping[str, str] = {
    Source.FACTS: "These facts come with the register. Tell whoever runs it if one is wrong.",
    Source.GIAS: "These facts come from Get Information about Schools. Have them corrected there.",
    Source.OPERATOR: "These facts come from whoever runs the register. Tell them if one is wrong.",
    Source.PEOPLE: "These facts were written by whoever brought the organisation here.",
}

METHODS: Mapping[str, str] = {
    Method.OPENID: "Your sign-in service",
    Method.LINK_AND_PASSKEY: "A link and a passkey",
    Method.LINK_AND_CODE: "A link and a code",
    Method.DEMONSTRATION: "Demonstration",
}

WAYS: Mapping[str, RoleWords] = {
    SignInWay.OPENID: RoleWords(
        "With their organisation's sign-in service",
        "As most people in schools and councils do.",
    ),
    SignInWay.LINK: RoleWords(
        "By a link in their mail, and a passkey or code",
        "For small organisations that have no such service.",
    ),
}

INVITATION_STATES: Mapping[str, str] = {
    InvitationState.OPEN: "Waiting for an answer",
    InvitationState.ACCEPTED: "Accepted",
    InvitationState.WITHDRAWN: "Withdrawn",
    InvitationState.EXPIRED: "Expired",
}

MEMBERSHIP_ENDS: Mapping[str, str] = {
    MembershipEnd.LEFT: "They no longer work here",
    MembershipEnd.OTHER_DUTIES: "They have other duties now",
    MembershipEnd.ADDED_BY_MISTAKE: "They were added by mistake",
    MembershipEnd.ACCESS_WITHDRAWN: "They still work here, and shall no longer have access",
}

FACTORS_TAKEN: Mapping[str, str] = {
    FactorsTaken.LOST: "They lost it",
    FactorsTaken.STOLEN: "Somebody else may have it",
    FactorsTaken.REPLACED: "They have a new device, and the old one no longer works",
}

PURPOSES: Mapping[str, str] = {
    Purpose.COMMISSIONING: "Arranging a place",
    Purpose.SAFEGUARDING: "Keeping a child safe",
    Purpose.QUALITY_ASSURANCE: "Assuring quality",
    Purpose.FINANCE: "Paying, or checking a payment",
    Purpose.COMPLAINT: "Looking into a complaint",
    Purpose.SUBJECT_REQUEST: "Somebody asked what is held about them",
    Purpose.ADMINISTRATION: "Administering the organisation",
    Purpose.OVERSIGHT: "Oversight",
}

OUTCOMES: Mapping[str, str] = {
    ActOutcome.DONE: "Done",
    ActOutcome.READ: "Looked at",
    ActOutcome.REFUSED: "Refused",
}

ACTS: Mapping[str, str] = {
    "application.answered": "Answered an assessor",
    "application.begun": "Began an application",
    "application.changed": "Changed an application",
    "application.questioned": "Asked an applicant a question",
    "application.submitted": "Submitted an application",
    "application.taken_up": "Took an application into assessment",
    "application.withdrawn": "Withdrew an application",
    "audit.exported": "Exported what was done",
    "audit.read": "Read what was done",
    "bank_reference.given": "Named the account a provider is paid into",
    "claim.accepted": "Claimed a provider's record",
    "claim.made": "Invited a provider to claim its record",
    "claim.withdrawn": "Withdrew an invitation to claim a record",
    "document.added": "Added a document to a provider's evidence",
    "document.opened": "Opened a document of a provider's evidence",
    "document.withdrawn": "Took a document back",
    "evidence.shared": "Shared a provider's evidence",
    "evidence.unshared": "Ended the sharing of a provider's evidence",
    "file.received": "Sent a file",
    "file.scanned": "Scanned a file for viruses",
    "identity.linked": "Linked a sign-in service to a person",
    "institution_site.grouped": "Counted a site to an institution",
    "institution_site.ungrouped": "Took a site out of an institution",
    "invitation.accepted": "Accepted an invitation",
    "invitation.made": "Invited somebody",
    "invitation.sent_again": "Sent an invitation again",
    "invitation.withdrawn": "Withdrew an invitation",
    "listing.announcement_withdrawn": "Withdrew what was announced for a listing",
    "listing.closed": "Closed a listing",
    "listing.confirmed": "Confirmed a decision on a listing",
    "listing.declined": "Refused a proposed decision on a listing",
    "listing.many_confirmed": "Confirmed decisions on listings",
    "listing.proposed": "Proposed a decision on a listing",
    "listing.replaced": "Replaced a listing by a later one",
    "listing.reviewed": "Put a listing under review",
    "listing.suspended": "Suspended a listing",
    "listing.transition_asked": "Proposed to list by recent local checks",
    "listing.transition_begun": "Began a listing by a recent local check",
    "machine.added": "Added a machine",
    "machine.renamed": "Renamed a machine",
    "machine.revoked": "Revoked a machine",
    "machine_secret.made": "Made a secret for a machine",
    "machine_secret.revoked": "Revoked a secret of a machine",
    "match.judged": "Judged what an application has in common with a removed or refused record",
    "matches.read": "Looked at what an application has in common with others",
    "membership.ended": "Ended somebody's membership",
    "membership.roles_changed": "Changed somebody's roles",
    "merge.confirmed": "Made two records one, as a colleague proposed",
    "merge.proposed": "Proposed to make two records one",
    "merge.refused": "Refused to make two records one",
    "merge.undoing_proposed": "Proposed to part two merged records",
    "merge.undoing_refused": "Refused to part two merged records",
    "merge.undone": "Parted two merged records, as a colleague proposed",
    "offer.added": "Added an offer",
    "offer.availability_confirmed": "Confirmed whether an offer has places",
    "offer.changed": "Changed an offer",
    "offer.ended": "Ended an offer",
    "organisation.added": "Added an organisation",
    "organisation.changed": "Corrected an organisation",
    "ownership.ended": "Took a record out of its owner's hands",
    "person.contact_read": "Looked at an e-mail address",
    "person.renamed": "Changed their own name",
    "policy.changed": "Changed a draft of a policy",
    "policy.drafted": "Drafted a policy",
    "policy.published": "Published a policy",
    "provider.verified": "Checked a part of a provider's record",
    "provider_consent.given": "Agreed to a record's publication",
    "provider_consent.taken_back": "Took back agreement to publication",
    "provider_contact.added": "Added how a provider's people are reached",
    "provider_contact.ended": "Ended how a provider's people are reached",
    "provider_identifier.added": "Added a provider's number",
    "provider_identifier.withdrawn": "Withdrew a provider's number",
    "provider_link.ended": "Ended a link with a predecessor",
    "provider_link.made": "Linked a provider with its predecessor",
    "provider_name.added": "Added a provider's name",
    "provider_name.withdrawn": "Withdrew a provider's name",
    "provider_person.added": "Named somebody behind a provider",
    "provider_person.changed": "Changed what is said of somebody behind a provider",
    "provider_person.ended": "Ended somebody's part in a provider",
    "provider_record.begun": "Began a provider's record",
    "provider_record.changed": "Changed a provider's record",
    "provider_record.confirmed": "Confirmed a provider's record",
    "redaction.done": "Took a published fact out of the log",
    "redaction.proposed": "Proposed to take a published fact out of the log",
    "redaction.refused": "Refused to take a published fact out of the log",
    "provider.local_result_taken": "Took over a newer result of an authority's own check",
    "second_factor.added": "Added a way to show who they are",
    "second_factor.taken_away": "Took away what somebody signs in with",
    "self_evaluation.answered": "Said how a criterion is met",
    "self_evaluation.begun": "Began a self-evaluation",
    "self_evaluation.carried_over": "Carried a self-evaluation over to other standards",
    "self_evaluation.completed": "Completed a self-evaluation",
    "session.began": "Signed in",
    "session.ended": "Signed out",
    "session.organisation_chosen": "Chose for whom to act",
    "session.renewed": "Showed once more who they are",
    "staff_check.recorded": "Recorded a check of somebody who works with children",
    "staff_member.added": "Put somebody on the record of staff checks",
    "staff_member.changed": "Corrected somebody on the record of staff checks",
    "staff_member.ended": "Noted that somebody left",
    "sign_in.link_asked": "Asked for a link to sign in",
    "site.added": "Added a site",
    "site.changed": "Changed a site",
    "site.closed": "Closed a site",
    "standards.changed": "Changed a draft of the standards",
    "standards.criterion_removed": "Took a criterion out of a draft",
    "standards.criterion_set": "Wrote a criterion of a draft",
    "standards.crosswalk_set": "Said what becomes of the criteria before a draft",
    "standards.drafted": "Began a draft of the standards",
    "standards.published": "Published standards",
}
"""What people do; an act without words, such as a refused request, is shown as it is recorded."""

DONE: Mapping[str, str] = {
    "renamed": "Your name was changed.",
    "session-ended": "You are signed out there.",
    "invited": "The invitation is on its way.",
    "sent-again": "The invitation was sent again, with a new link.",
    "withdrawn": "The invitation was withdrawn.",
    "roles-changed": "The roles were changed.",
    "ended": "The membership has ended.",
    "factors-taken": (
        "What they sign in with was taken away. They set up something new with their next link."
    ),
    "secret-revoked": "The secret was revoked.",
    "machine-revoked": "The machine was revoked.",
    "secret-shown": (
        "This was done when you first sent it. The secret was shown then, and cannot be read "
        "again: if nobody kept it, revoke it and make another."
    ),
}
"""What a page says of the form that led to it; nothing else can be put there by an address."""


def role_labels(roles: Iterable[str]) -> tuple[str, ...]:
    """Return what roles are called, in the order in which they are listed here."""
    held = set(roles)
    return tuple(words.label for role, words in ROLES.items() if role in held)
