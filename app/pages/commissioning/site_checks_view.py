"""What the pages on an organisation's own checks of sites show and ask, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app import clock
from app.access import Actor, Permission
from app.assessments.schemas.site_checks import SiteCheckList, SiteCheckOut
from app.pages.commissioning.forms import COMMISSIONING, DESK
from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.form_parts import select_field
from app.pages.part_view import Narrowed, PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question, shown, whole_number, yes_or_no
from app.pages.view_models import ActionLink, Fact, PossibleAct
from app.rules.site_checks import SiteCheckKind

SITE_CHECKS = f"{COMMISSIONING}/site-checks"
BACK = ActionLink("Our own checks of sites", SITE_CHECKS)
DONE: Mapping[str, str] = {
    "recorded": "The check is on record, and is used for every child that you place there.",
    "withdrawn": "The check is withdrawn, and is used no more.",
}
KINDS: Mapping[str, tuple[str, str]] = {
    SiteCheckKind.STAFF_CHECKS: (
        "Checks of staff",
        "Written confirmation that everybody who works with children there was checked",
    ),
    SiteCheckKind.VISIT: ("Visit", "Somebody of ours was there"),
    SiteCheckKind.INSURANCE: ("Insurance", "The certificates were seen"),
    SiteCheckKind.SAFEGUARDING_POLICY: ("Safeguarding policy", "It was read"),
    SiteCheckKind.HEALTH_AND_SAFETY: ("Health and safety", "Policy and risk assessments"),
    SiteCheckKind.FIRE_RISK: ("Fire risk assessment", "It was seen"),
    SiteCheckKind.FIRST_AID: ("First aid", "Who is trained, and until when"),
}
_IS_CLEARANCE = (
    "A listing is no clearance: whoever places a child looks for itself. What you saw counts for a "
    "year, or as long as a certificate says, for every child."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """By what the list is narrowed.

    Attributes:
        provider: of this provider's sites alone.
        usable: only those that may be used today.
    """

    provider: str
    usable: bool

    @property
    def narrowing(self) -> tuple[tuple[str, str], ...]:
        """What the address says of it."""
        said = (("provider", self.provider), ("usable", "yes" if self.usable else ""))
        return tuple((name, value) for name, value in said if value)


def checks_part(actor: Actor, shown: Shown, found: SiteCheckList, *, further: bool) -> PartPage:
    """Return the list of checks, the newest first."""
    rows = tuple(
        Row(
            f"{KINDS[one.kind][0]}: {one.provider_name}, site {one.site}",
            (
                f"Seen on {format_day(one.seen_on)} by {one.seen_by}",
                f"Of use until {format_day(one.usable_until)}",
                *((f"Shared by {one.commissioner}",) if _others(actor, one) else ()),
            ),
            (ActionLink("Open", f"{SITE_CHECKS}/{one.id}"),),
            _tag(one),
        )
        for one in found.items
    )
    links: tuple[ActionLink, ...] = ()
    if Permission.PLACEMENTS_RECORD in actor.permissions:
        links = (ActionLink("Record a check", f"{SITE_CHECKS}/find"),)
    offered = (("", "All"), ("yes", "Those of use today"))
    return PartPage(
        heading="Our own checks of sites",
        caption=actor.organisation_name or actor.name,
        back=DESK,
        sections=(Section("Checks", rows, when_empty="There is none.", links=links),),
        paragraphs=(_IS_CLEARANCE,),
        next_url=found.links.next,
        first_url=SITE_CHECKS if further else None,
        narrowed=(
            Narrowed(
                "Which are shown", select_field("usable", offered, "yes" if shown.usable else "")
            ),
        ),
        unseen=(("provider", shown.provider),) if shown.provider else (),
    )


def check_part(actor: Actor, told: SiteCheckOut) -> PartPage:
    """Return the page of one check."""
    rows = [
        Row("Setting", (f"{told.provider_name} ({told.provider}), site {told.site}",)),
        Row("Seen on", (format_day(told.seen_on),)),
        Row("Seen by", (told.seen_by,)),
        Row("What was seen", (told.what,)),
        Row("Of use until", (format_day(told.usable_until),)),
        Row("Recorded by", (told.commissioner,)),
        Row("Shared", ("With every organisation of the same trust or authority",))
        if told.shared
        else Row("Shared", ("No",)),
    ]
    if told.withdrawn_reason is not None:
        rows.append(Row("Withdrawn because", (told.withdrawn_reason,)))
    why = ""
    if told.withdrawn_at is not None:
        why = "it was withdrawn."
    elif _others(actor, told):
        why = "only who recorded it does that."
    elif Permission.PLACEMENTS_RECORD not in actor.permissions:
        why = "your roles do not record checks."
    here = f"{SITE_CHECKS}/{told.id}/withdraw"
    again = f"{SITE_CHECKS}/add?provider={told.provider}&site={told.site}"
    acts = (
        PossibleAct("Record another check of this site", again),
        PossibleAct("Withdraw the check", None if why else here, why),
    )
    return PartPage(
        heading=KINDS[told.kind][0],
        caption=f"{told.provider_name}, site {told.site}",
        back=BACK,
        sections=(Section("The check", tuple(rows)), Section("What you can do", acts=acts)),
        tag=_tag(told),
    )


def add_form_asked(provider: str, site: str) -> FormAsked:
    """Return the form on which a check is recorded."""
    questions = (
        Question(
            "provider",
            "Register number of the provider",
            "Enter the provider's number",
            hint="Like AP000017B",
            needed=True,
            classes="govuk-input--width-10",
        ),
        Question(
            "site",
            "Number of the site",
            "Enter the number of the site",
            hint="As its page on the register numbers them; 1 where there is one",
            needed=True,
            reads=whole_number,
            classes="govuk-input--width-3",
            mode="numeric",
        ),
        Question(
            "kind",
            "What was checked?",
            "Say what was checked",
            Kind.ONE,
            offered=tuple((code, *words) for code, words in KINDS.items()),
            needed=True,
        ),
        Question("seen_on", "When was it seen?", "Enter a day", Kind.DAY, needed=True),
        Question(
            "seen_by",
            "Who looked?",
            "Say who looked",
            hint="Name and post",
            needed=True,
        ),
        Question(
            "what",
            "What was seen?",
            "Say what was seen",
            Kind.PROSE,
            "Name no child, and write no certificate's number.",
            needed=True,
        ),
        Question(
            "valid_until",
            "Until when does it say that it is valid?",
            kind=Kind.DAY,
            hint="The last day that a certificate names; leave it empty if there is none",
        ),
        Question(
            "shared",
            "May every organisation of your trust or authority use it?",
            kind=Kind.ONE,
            offered=(("yes", "Yes"), ("no", "No")),
            reads=yes_or_no,
        ),
    )
    facts = {"provider": provider, "site": site, "seen_on": clock.today(), "shared": False}
    return FormAsked(
        heading="Record a check of a site",
        button="Record it",
        back=BACK,
        parts=(Part(questions),),
        paragraphs=(_IS_CLEARANCE,),
        typed=shown(questions, facts),
        further=ActionLink("Look for the setting by its name", f"{SITE_CHECKS}/find"),
    )


def withdraw_form(held: Any) -> FormAsked:
    """Return the form on which a check is withdrawn."""
    question = Question(
        "reason", "Why is it used no more?", "Say why", Kind.PROSE, "Name no child.", needed=True
    )
    return FormAsked(
        heading="Withdraw the check",
        button="Withdraw it",
        back=ActionLink("The check", f"{SITE_CHECKS}/{held.id}"),
        parts=(Part((question,)),),
        facts=(
            Fact("Check", (KINDS[held.kind][0],)),
            Fact("Setting", (f"{held.provider_name}, site {held.site}",)),
        ),
        paragraphs=("It stays readable. Assessments that are open need another in its place.",),
        version=held.version,
    )


def _others(actor: Actor, one: SiteCheckOut) -> bool:
    return one.commissioner != actor.organisation_name


def _tag(one: SiteCheckOut) -> TagView:
    if one.withdrawn_at is not None:
        return TagView("Withdrawn", "grey")
    return TagView("Of use today", "green") if one.usable else TagView("Of no use today", "red")
