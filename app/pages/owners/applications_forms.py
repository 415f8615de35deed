"""What the forms ask on which an owner applies to be listed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.pages.filters import count
from app.pages.form_page_view import Check, FormAsked, Part
from app.pages.owners.acts import listing_url
from app.pages.owners.applications_view import APPLICATIONS, SCOPE
from app.pages.owners.held_records import Own
from app.pages.owners.listings_wording import POLICY_ALONE
from app.pages.questions import Kind, Question, shown, whole_number
from app.pages.view_models import ActionLink
from app.pages.wording import NEEDS
from app.places.facts import la_name
from app.providers.readiness import Item, Stage, lacking_before
from app.providers.schemas.sites import PrivateSite
from app.providers.service.listings import standing_of
from app.providers.terms import APPLYING, KEY_STAGES, OLDEST, YOUNGEST

_AGE = f"Enter an age from {YOUNGEST} to {OLDEST}"
_NARROW = "govuk-input--width-3"
_WHOM = (
    Question(
        "age_from",
        "Youngest age",
        _AGE,
        reads=whole_number,
        mode="numeric",
        classes=_NARROW,
    ),
    Question(
        "age_to",
        "Oldest age",
        _AGE,
        reads=whole_number,
        mode="numeric",
        classes=_NARROW,
    ),
    Question(
        "key_stages",
        "Key stages",
        "Choose key stages from the list",
        Kind.ANY,
        offered=tuple((str(one), f"Key stage {one}") for one in KEY_STAGES),
        reads=whole_number,
    ),
    Question(
        "needs",
        "Special educational needs",
        "Choose needs from the list",
        Kind.ANY,
        offered=tuple(NEEDS.items()),
    ),
)
_CHECKS = (
    Check(
        "age_to",
        "The oldest age is below the youngest",
        lambda answers: _fall(answers["age_from"], answers["age_to"]),
    ),
)
_ANSWER = Question(
    "answer",
    "Your answer",
    "Write your answer",
    Kind.PROSE,
    hint="You answer once, and cannot change it after.",
    needed=True,
)
_WHY = "Kept on record, and shown to the local authority. The public never sees it."
_REASON = Question("reason", "Why", "Say why", Kind.PROSE, hint=_WHY, needed=True)


def _fall(first: Any, last: Any) -> bool:
    return first is not None and last is not None and last < first


def begin_asked(own: Own, site: PrivateSite, day: date) -> FormAsked:
    """Return the form on which an application for a place is begun."""
    return FormAsked(
        heading=f"Apply for {site.name} to be listed",
        parts=_scope_parts(site, (), day),
        button="Begin the application",
        back=_back(own),
        paragraphs=(
            "This begins a draft. You submit it later, when nothing is missing.",
            POLICY_ALONE,
        ),
        checks=_CHECKS,
    )


def change_asked(own: Own, site: PrivateSite, listing: Any, day: date) -> FormAsked:
    """Return the form on which it is changed what a draft applies for."""
    parts = _scope_parts(site, listing.programmes, day)
    questions = tuple(question for part in parts for question in part.questions)
    return FormAsked(
        heading="Change what you apply for",
        parts=parts,
        button="Save",
        back=_back_to(own, listing),
        typed=shown(questions, {name: getattr(listing, name) for name in SCOPE}),
        version=listing.version,
        checks=_CHECKS,
    )


def submitting(own: Own, listing: Any, items: Sequence[Item]) -> FormAsked:
    """Return what is asked before an application is submitted."""
    lacking = lacking_before(items, Stage.SUBMISSION)
    missing = (
        (f"{count(len(lacking), 'thing is', 'things are')} missing. It cannot be submitted yet.",)
        if lacking
        else ()
    )
    return FormAsked(
        heading=f"Submit the application for {listing.site_name}",
        paragraphs=(
            *missing,
            (
                f"It goes to the local authority in whose area the place lies: "
                f"{la_name(listing.la_code)}. One of its officers assesses it, and may ask you "
                "something; two decide."
            ),
            (
                "What you apply for cannot be changed meanwhile. You can take the application back "
                "until it is decided."
            ),
        ),
        button=f"Submit it for {own.held.owner_name}",
        back=_back_to(own, listing),
    )


def withdrawing_asked(own: Own, listing: Any) -> FormAsked:
    """Return the form on which an application is taken back."""
    return FormAsked(
        heading=f"Take back the application for {listing.site_name}",
        parts=(Part((_REASON,)),),
        button="Take it back",
        back=_back_to(own, listing),
        paragraphs=("It becomes a draft again. You can change it, and submit it anew.",),
    )


def closing_asked(own: Own, listing: Any, today: date) -> FormAsked:
    """Return the form on which a place leaves the register, or an application is given up."""
    if standing_of(listing).state in APPLYING:
        return FormAsked(
            heading=f"Give up the application for {listing.site_name}",
            parts=(Part((_REASON,)),),
            button="Give it up",
            back=_back_to(own, listing),
            warning="This cannot be undone. If you change your mind, you apply anew.",
        )
    first_day = Question(
        "effective_on",
        "The first day on which it is not listed",
        "Enter a day with its month and year, like 27 3 2026",
        Kind.DAY,
        hint="Leave it empty for today.",
    )
    has_passed = Check(
        "effective_on",
        "The day has passed. Enter today, or a later day",
        lambda answers: (
            answers["effective_on"] is not None and str(answers["effective_on"]) < today.isoformat()
        ),
    )
    return FormAsked(
        heading=f"Leave the register with {listing.site_name}",
        parts=(Part((first_day, _REASON)),),
        button="Leave the register",
        back=_back_to(own, listing),
        paragraphs=(
            (
                "Everybody can see that it has closed because you asked for it. What was public of "
                "it until then stays public as its past."
            ),
        ),
        warning="You cannot undo this. If you change your mind, you apply anew.",
        checks=(has_passed,),
    )


def answer_asked(own: Own, listing: Any, question: Any) -> FormAsked:
    """Return the form on which an assessor's question is answered."""
    return FormAsked(
        heading="Answer the assessor",
        parts=(Part((_ANSWER,)),),
        button="Send your answer",
        back=_back_to(own, listing),
        paragraphs=(f"About {listing.site_name} you were asked:",),
        inset=question.question,
    )


def _scope_parts(site: PrivateSite, held: Sequence[str], day: date) -> tuple[Part, ...]:
    live = [one.programme for one in site.offers if one.ended_on is None or one.ended_on > day]
    names = tuple(dict.fromkeys((*live, *held)))
    what = Question(
        "programmes",
        "What is offered there",
        "Choose from the list",
        Kind.ANY,
        offered=tuple((name, name) for name in names),
    )
    return (
        Part(
            _WHOM,
            "Whom you apply for",
            "Whatever you leave empty does not narrow what you apply for.",
        ),
        *((Part((what,), "With what"),) if names else ()),
    )


def _back(own: Own) -> ActionLink:
    return ActionLink("Listings and applications", f"{own.address}/{APPLICATIONS}")


def _back_to(own: Own, listing: Any) -> ActionLink:
    words = "Application" if standing_of(listing).state in APPLYING else "Listing"
    return ActionLink(f"{words} of {listing.site_name}", listing_url(own, listing))
