"""What the pages on which payers are signed for, confirmed, disputed and settled ask."""

from app.access import Actor
from app.funding.schemas.told import FundingDisputeOut, FundingPayerOut
from app.funding.terms import Settlement
from app.pages.commissioning.funding_view import FUNDING, Read
from app.pages.commissioning.funding_wording import KINDS, PAYS_AS, SETTLEMENTS
from app.pages.commissioning.placement_wording import offered
from app.pages.filters import format_day
from app.pages.form_page_view import Check, FormAsked, Part
from app.pages.questions import Kind, Question
from app.pages.typed_facts import show_pounds
from app.pages.view_models import ActionLink, Fact

_AGREED = (
    Question("signed_name", "Who agreed for them?", "Say who agreed", needed=True),
    Question("signed_on", "On which day?", "Enter the day", Kind.DAY, needed=True),
)


def _back(read: Read) -> ActionLink:
    return ActionLink("Who pays", f"{FUNDING}/{read.told.id}")


def _facts(read: Read, payer: FundingPayerOut | None = None) -> tuple[Fact, ...]:
    told = read.told
    of, terms = told.placement, told.terms
    facts = (
        Fact("Placement", (f"{of.reference}, {of.commissioner}",)),
        Fact("Provider", (f"{of.provider_name} ({of.provider})",)),
        Fact(
            KINDS[told.kind],
            (
                f"{format_day(terms.since)} to {format_day(terms.until)}",
                f"{show_pounds(terms.estimate_pence)} in all",
            ),
        ),
    )
    if payer is None:
        return facts
    part = (
        f"{payer.name}, as {PAYS_AS[payer.capacity]}",
        f"pays {show_pounds(payer.amount_pence)}",
    )
    return (*facts, Fact("This part", part))


def sign_form(actor: Actor, read: Read, payer: FundingPayerOut) -> FormAsked:
    """Return the form on which somebody signs, or writes down who agreed elsewhere."""
    away = payer.organisation is None
    words = (
        "They are not on this service, so you write down who agreed, and when."
        if away
        else f"You sign in your own name, {actor.name}, today. Other amounts are new terms, and "
        "void what you sign."
    )
    return FormAsked(
        heading="Write down that they agreed" if away else "Sign",
        button="Write it down" if away else f"I, {actor.name}, agree to pay this",
        back=_back(read),
        parts=(Part(_AGREED),) if away else (),
        paragraphs=(words,),
        facts=_facts(read, payer),
        carried={"terms": str(read.told.terms.number)},
    )


def dispute_form(read: Read, payer: FundingPayerOut) -> FormAsked:
    """Return the form on which a payer says why it need not pay."""
    why = Question(
        "reason",
        "Why need it not pay?",
        "Say why it need not pay",
        Kind.PROSE,
        "It is kept encrypted, under the child's own key.",
        needed=True,
    )
    return FormAsked(
        heading="Dispute it",
        button="Dispute it",
        back=_back(read),
        parts=(Part((why,)),),
        paragraphs=(
            (
                "It keeps the child from nothing: where the education is owed, whoever has that "
                "duty pays meanwhile, without prejudice. It is to be settled within 20 working "
                "days."
            ),
        ),
        facts=_facts(read, payer),
    )


def settle_form(read: Read, dispute: FundingDisputeOut) -> FormAsked:
    """Return the form on which it is said how a dispute ended."""
    decision = Settlement.DECISION.value
    questions = (
        Question(
            "how",
            "How did it end?",
            "Choose how it ended",
            Kind.ONE,
            "That it agrees is said by the payer that disputed it, and by nobody else.",
            offered=offered(SETTLEMENTS),
            needed=True,
        ),
        Question(
            "decided_by",
            "Who decided, and what are they?",
            "Say who decided",
            hint="Only where somebody decided it.",
        ),
        Question(
            "reasons",
            "What was agreed or decided, and why?",
            "Say what was agreed or decided",
            Kind.PROSE,
            "It is kept encrypted, under the child's own key.",
            needed=True,
        ),
    )
    return FormAsked(
        heading="Say how the dispute ended",
        button="Settle it",
        back=_back(read),
        parts=(Part(questions),),
        facts=(
            *_facts(read),
            Fact("Disputed by", (dispute.name,)),
            Fact("Why", (dispute.reason or "What was said has been erased",)),
        ),
        checks=(
            Check(
                "decided_by",
                "Say who decided it",
                lambda said: said["how"] == decision and said["decided_by"] is None,
            ),
            Check(
                "decided_by",
                "Leave this empty where it was agreed",
                lambda said: said["how"] != decision and said["decided_by"] is not None,
            ),
        ),
    )


def confirm_form(read: Read) -> FormAsked:
    """Return the form on which a second person confirms that another pays first."""
    override = read.told.override
    waits = override is not None and override.confirmed_by is None
    first = read.told.terms.payers[0]
    why = (override.reason or "Erased") if override is not None else "Nothing waits"
    return FormAsked(
        heading="Confirm that another pays first",
        button="I confirm it" if waits else None,
        back=_back(read),
        paragraphs=(
            (
                "By the rule somebody else pays first. Whoever chose this payer cannot confirm it. "
                "That two decide is the register's own policy."
            ),
        ),
        facts=(
            *_facts(read),
            Fact("Pays first", (f"{first.name}, as {PAYS_AS[first.capacity]}",)),
            Fact("Chosen by", (override.proposed_by if override is not None else "Nobody",)),
            Fact("Why", (why,)),
        ),
        version=read.told.version,
    )
