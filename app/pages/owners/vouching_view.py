"""What the pages on an owner's agreement to publication, and yearly word, show and ask."""

from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked
from app.pages.owners.held_records import Own
from app.pages.part_view import PartPage, Row, Section
from app.pages.view_models import ActionLink

CONSENT, CONFIRMATION = "consent", "confirmation"
_SHOWN = (
    (
        "What the register shows of a listed provider: its names and numbers, its website, e-mail "
        "and phone for enquiries, its places, what is offered there and at what price, where it "
        "stands, and since when."
    ),
    (
        "It never shows the people behind it, how you are reached privately, your account, your "
        "documents, or the street address of anybody's home."
    ),
)


def consent_page(own: Own) -> PartPage:
    """Return the page on the owner's word on publication."""
    consent = own.told.consent
    here = f"{own.address}/{CONSENT}"
    give, take = ActionLink("Agree to publication", f"{here}/give"), None
    rows: tuple[Row, ...] = ()
    if consent is not None:
        said = "Agreed" if consent.given else "Not agreed"
        who = f" by {consent.person}" if consent.person else ""
        rows = (
            Row("Your word", (f"{said}, {format_day(consent.recorded_at)}{who}",)),
            Row("What follows", (consent.effect,)),
        )
        take = ActionLink("Take your agreement back", f"{here}/take-back")
    links = (take if consent is not None and consent.given and take else give,)
    return PartPage(
        heading="Agreement to publication",
        caption=own.held.name,
        back=own.back,
        sections=(
            Section(
                "Where it stands",
                rows,
                when_empty="You have not agreed yet. Without it the provider cannot be listed.",
                links=links if own.signs else (),
            ),
        ),
        paragraphs=_SHOWN,
    )


def giving(own: Own) -> FormAsked:
    """Return what is asked before publication is agreed to."""
    return FormAsked(
        heading="Agree to publication",
        paragraphs=(
            *_SHOWN,
            "Nothing is shown before the provider is listed. You can take this back at any time.",
        ),
        button=f"Agree for {own.held.owner_name}",
        back=_back(own),
    )


def taking_back(own: Own) -> FormAsked:
    """Return what is asked before the agreement is taken back."""
    return FormAsked(
        heading="Take your agreement back",
        paragraphs=(
            "Your website, e-mail address and phone number are no longer shown.",
            (
                "A listing stays public until it is closed, because schools that rely on it must "
                "be able to see it. To leave the register, close the listing."
            ),
        ),
        button="Take it back",
        back=_back(own),
        warning="Without your agreement the provider cannot be listed anew.",
    )


def confirmation_page(own: Own) -> PartPage:
    """Return the page on the owner's yearly word that the record is right."""
    said = own.told.confirmation
    rows = [
        Row(
            "Last confirmed",
            (format_day(said.confirmed_on) if said.confirmed_on else "Never yet",),
        )
    ]
    if said.due_on is not None:
        rows.append(Row("Overdue since" if said.overdue else "Due by", (format_day(said.due_on),)))
    return PartPage(
        heading="Yearly confirmation",
        caption=own.held.name,
        back=own.back,
        sections=(
            Section(
                "Where it stands",
                tuple(rows),
                links=(ActionLink("Confirm the record", f"{own.address}/{CONFIRMATION}/confirm"),)
                if own.signs
                else (),
            ),
        ),
        paragraphs=(
            (
                "Once a year somebody says for the owner that everything on the record is right: "
                "names, numbers, people, places, and what is offered."
            ),
        ),
    )


def confirming(own: Own) -> FormAsked:
    """Return what is asked before the record is confirmed."""
    return FormAsked(
        heading="Confirm the whole record",
        paragraphs=(
            (
                f"Look through the record of {own.held.name} before you confirm it: names and "
                "numbers, people and how to reach them, places and what is offered."
            ),
            "By confirming you say that all of it is right today. It is noted that you did.",
        ),
        button="Everything is right today",
        back=ActionLink("Yearly confirmation", f"{own.address}/{CONFIRMATION}"),
    )


def _back(own: Own) -> ActionLink:
    return ActionLink("Agreement to publication", f"{own.address}/{CONSENT}")
