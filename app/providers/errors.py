"""What is refused about providers."""

from app.errors import (
    AppError,
    ConflictError,
    ForbiddenError,
    InvalidRequestError,
    NotFoundError,
    UnavailableError,
)


class ProviderNotFoundError(NotFoundError):
    """No provider has this number, or none that the public may see."""

    slug = "provider-not-found"
    title = "No provider has this number"


class CommissionersOnlyError(ForbiddenError):
    """What authorities' own lists say is for those who place children, or answer for them."""

    slug = "commissioners-only"
    title = "This is for commissioners"


class SiteNotFoundError(NotFoundError):
    """A provider has no site with this reference."""

    slug = "site-not-found"
    title = "The provider has no such site"


class MoveNotAllowedError(ConflictError):
    """A provider cannot go from its present status to the one asked for."""

    slug = "move-not-allowed"
    title = "The provider cannot move to that status"


class ProviderWithoutSiteError(ConflictError):
    """What is listed are sites, and the provider has none."""

    slug = "provider-without-site"
    title = "The provider has no site that could be listed"


class IdentifierAlreadyHeldError(ConflictError):
    """The provider's record holds this identifier already."""

    slug = "identifier-already-held"
    title = "The identifier is already on this record"


class NumbersUsedUpError(ConflictError):
    """All provider numbers of six digits have been given out."""

    slug = "numbers-used-up"
    title = "No provider number is left"


class ApplicationNotFoundError(NotFoundError):
    """There is no application with this id that the caller's organisation answers for."""

    slug = "application-not-found"
    title = "There is no such application"


class MatchNotFoundError(NotFoundError):
    """The application has no such match with a record that was removed or refused."""

    slug = "match-not-found"
    title = "The application has no such match"


class NotYoursToJudgeError(ForbiddenError):
    """Whoever has, or had, to do with a provider decides nothing about it."""

    slug = "not-yours-to-judge"
    title = "This is for somebody without a stake in it"


class MergeNotFoundError(NotFoundError):
    """There is no such merge of two records that the caller's organisation answers for."""

    slug = "merge-not-found"
    title = "There is no such merge"


class MergeCannotBeError(InvalidRequestError):
    """These two records cannot be made one; the message says why."""

    slug = "merge-cannot-be"
    title = "These records cannot be merged"


class MergeOpenError(ConflictError):
    """A merge of one of the two records waits for a second person already."""

    slug = "merge-open"
    title = "A merge of this record is open already"


class MergeNotOpenError(ConflictError):
    """The merge does not stand where this can be done to it."""

    slug = "merge-not-open"
    title = "The merge does not wait for this"


class MergeOvertakenError(ConflictError):
    """What has happened to the records since keeps this from being done now."""

    slug = "merge-overtaken"
    title = "The records no longer stand as this needs"


class RecordMergedError(ConflictError):
    """The record was merged into another, which goes on for both."""

    slug = "record-merged"
    title = "The record was merged into another"


class SecondPersonNeededError(ForbiddenError):
    """What one person proposes another confirms or refuses."""

    slug = "second-person-needed"
    title = "This takes a second person"


class RecordNotYoursError(ForbiddenError):
    """The record is kept by whoever owns it; the caller may only look at it."""

    slug = "record-not-yours"
    title = "This record is not yours to change"


class PersonNeededError(ForbiddenError):
    """What is said here is said by a person; a machine cannot."""

    slug = "person-needed"
    title = "Only a person can do this"


class ApplicationOpenError(ConflictError):
    """The site has an application under way."""

    slug = "application-open"
    title = "An application for this site is open already"


class ApplicationNotReadyError(ConflictError):
    """Something that an application needs is missing; `errors` says what, and the cure of each."""

    slug = "application-not-ready"
    title = "The application is not ready"


class DecidedElsewhereError(ForbiddenError):
    """Another authority decides on this site."""

    slug = "decided-elsewhere"
    title = "Another authority decides on this site"


class ListingMoveNotAllowedError(ConflictError):
    """A listing cannot go from where it stands to where it was to go, or not like this."""

    slug = "listing-move-not-allowed"
    title = "The listing cannot move there"


class ProposalNotFoundError(NotFoundError):
    """The listing has no such proposal, or none that the caller may see."""

    slug = "proposal-not-found"
    title = "There is no such proposal"


class ProposalOpenError(ConflictError):
    """A proposal on this listing waits for a second person."""

    slug = "proposal-open"
    title = "A proposal on this listing is open already"


class ProposalSettledError(ConflictError):
    """Somebody settled the proposal already."""

    slug = "proposal-settled"
    title = "The proposal is settled already"


class ProposalOvertakenError(ConflictError):
    """The listing moved after the proposal was made, so it must be looked at anew."""

    slug = "proposal-overtaken"
    title = "The listing moved meanwhile"


class QuestionNotFoundError(NotFoundError):
    """The application has no such question."""

    slug = "question-not-found"
    title = "There is no such question"


class QuestionAnsweredError(ConflictError):
    """The question was answered already; a further one can be asked."""

    slug = "question-answered"
    title = "The question is answered already"


class DayCannotBeError(InvalidRequestError):
    """A decision cannot hold from the day given."""

    slug = "day-cannot-be"
    title = "It cannot hold from that day"


class TransitionOffError(ConflictError):
    """The policy by which recent local checks list a provider does not hold now."""

    slug = "transition-off"
    title = "Listing by transition is switched off"


class OwnersOnlyError(ForbiddenError):
    """Only an organisation that owns providers begins records."""

    slug = "owners-only"
    title = "Only the owner of a provider can do this"


class PartNotFoundError(NotFoundError):
    """The record has no such name, identifier, offer, person, contact or link."""

    slug = "part-not-found"
    title = "The record has no such part"


class PartEndedError(ConflictError):
    """The site, offer, name, identifier, person or link has ended; it stays as it was."""

    slug = "part-ended"
    title = "This part of the record has ended"


class NameAlreadyHeldError(ConflictError):
    """The provider's record holds this name already."""

    slug = "name-already-held"
    title = "The name is already on this record"


class LinkAlreadyHeldError(ConflictError):
    """The two records are linked like this already, or the other way round."""

    slug = "link-already-held"
    title = "These records are linked already"


class SiteGroupedError(ConflictError):
    """The site counts to an institution already."""

    slug = "site-grouped"
    title = "The site counts to an institution already"


class RecordOwnedError(ConflictError):
    """The record is in its owner's hands."""

    slug = "record-owned"
    title = "The record has an owner"


class RecordNotOwnedError(ConflictError):
    """The record is in nobody's hands."""

    slug = "record-not-owned"
    title = "The record has no owner"


class ClaimOpenError(ConflictError):
    """An invitation to claim the record is open; it can be withdrawn."""

    slug = "claim-open"
    title = "An invitation to claim this record is open"


class ClaimNotFoundError(NotFoundError):
    """There is no such invitation to claim a record, or none that the caller may see."""

    slug = "claim-not-found"
    title = "No such claim is here"


class ClaimNotOpenError(ConflictError):
    """The invitation to claim the record was accepted or withdrawn."""

    slug = "claim-not-open"
    title = "This claim is no longer open"


class ClaimantNotFitError(InvalidRequestError):
    """Whoever is named cannot be invited to claim a record; the message says why."""

    slug = "claimant-not-fit"
    title = "They cannot be invited to claim a record"


class LookUpOffError(ConflictError):
    """This register is not set up to look numbers up where they were given out."""

    slug = "look-up-off"
    title = "Looking this up is not set up here"


class LookUpFailedError(UnavailableError):
    """The other register does not answer, or not as it says it does."""

    slug = "look-up-failed"
    title = "The other register does not answer"


class PaperworkNeverSuspendsError(InvalidRequestError):
    """A listing is suspended for a risk of harm; what is out of date has other ways."""

    slug = "paperwork-never-suspends"
    title = "Paperwork alone suspends nobody"


CONSTRAINT_ERRORS: dict[str, type[AppError]] = {
    "provider_names_provider_id_kind_name_key": NameAlreadyHeldError,
    "provider_owners_present_key": RecordOwnedError,
    "claims_open_key": ClaimOpenError,
    "provider_links_present_key": LinkAlreadyHeldError,
    "institution_sites_present_key": SiteGroupedError,
    "merges_absorbed_key": MergeOpenError,
    "merges_by_two_people_check": SecondPersonNeededError,
    "merges_undone_by_two_people_check": SecondPersonNeededError,
    "record_is_merged": RecordMergedError,
    "provider_identifiers_provider_id_scheme_value_key": IdentifierAlreadyHeldError,
    "listings_applying_key": ApplicationOpenError,
    "listings_on_register_key": ListingMoveNotAllowedError,
    "listing_proposals_open_key": ProposalOpenError,
}
"""Which refusal a violated constraint means."""
