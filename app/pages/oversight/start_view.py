"""What the start of oversight shows: the balance in words, and counts of children by setting."""

from collections.abc import Iterator

from app.access import Actor, Permission
from app.oversight.policies import ARE_OR_WENT, CAME
from app.oversight.schemas import BalanceList, BalanceOut, FollowUpList, SettingCountList
from app.oversight.terms import Term
from app.pages.filters import format_day
from app.pages.form_parts import select_field
from app.pages.oversight import wording
from app.pages.oversight.follow_ups_view import FOLLOW_UPS, name_of, sought_row
from app.pages.oversight.forms import OVERSIGHT, START, caption_of
from app.pages.part_view import Narrowed, PartPage, Row, Section, TagView
from app.pages.rendering import authority_choices
from app.pages.view_models import ActionLink

SETTINGS = f"{OVERSIGHT}/settings"
CASES = f"{OVERSIGHT}/cases"
MATCH_QUESTIONS = f"{OVERSIGHT}/match-questions"
_PERIODS = (("", "The last 30 days"), ("90-days", "The last 90 days"), ("year", "The last year"))
_NOT_FOR_OTHERS = (
    "Small numbers are told, because whoever answers for the area must know. They are not for "
    "publication, and that you looked is written down."
)


def start_part(
    actor: Actor, period: str, balance: BalanceList, sought: FollowUpList | None
) -> PartPage:
    """Return the start.

    Args:
        actor: who looks.
        period: over which time.
        balance: everything that was counted over it.
        sought: the first of those who are looked for; `None` where they may not be seen.
    """
    even = balance.unaccounted == 0
    return PartPage(
        heading="Oversight",
        caption=caption_of(actor),
        back=ActionLink("Organisation", "/organisation"),
        tag=TagView("The balance holds", "green")
        if even
        else TagView(f"The balance is out by {balance.unaccounted}", "red"),
        paragraphs=(_NOT_FOR_OTHERS,),
        others=tuple(_others(actor)),
        narrowed=(Narrowed("Over which time", select_field("period", _PERIODS, period)),),
        sections=(*_balance(balance), *_sought(sought)),
    )


def _others(actor: Actor) -> Iterator[ActionLink]:
    yield ActionLink("Children placed at each setting", SETTINGS)
    if Permission.FOLLOW_UPS_READ in actor.permissions:
        yield ActionLink("Who is looked for", FOLLOW_UPS)
    if Permission.REGISTRATION_CASES_READ in actor.permissions:
        yield ActionLink("Settings that may have to register", CASES)
    if Permission.CHILDREN_MATCH in actor.permissions:
        yield ActionLink("One child, or two?", MATCH_QUESTIONS)


def _balance(balance: BalanceList) -> Iterator[Section]:
    days = f"{format_day(balance.since)} to {format_day(balance.until)}"
    words = (
        (
            "Whoever was placed or looked for at the beginning, started or came from elsewhere "
            "must be placed or looked for at the end, have ended at a place that is known, or "
            "have gone elsewhere. Each number is counted from its own rows and none by "
            "subtracting, so that somebody who fell out shows. Keeping this balance is the "
            "register's own policy."
        ),
    )
    if len(balance.items) == 1:
        yield Section(f"The balance, {days}", tuple(_terms(balance.items[0])), words)
        return
    rows = tuple(
        Row(
            name_of(one.la) if one.la else "No authority that the rows tell",
            _sums(one),
            (),
            _tag(one),
        )
        for one in balance.items
    )
    yield Section(
        f"The balance of each authority, {days}", rows, words, when_empty="Nothing was counted."
    )


def _terms(one: BalanceOut) -> Iterator[Row]:
    for term in (*CAME, *ARE_OR_WENT):
        yield Row(wording.TERMS[term], (str(_count(one, term)),))
    yield Row("Imbalance", (str(one.imbalance),), (), _tag(one))


def _sums(one: BalanceOut) -> tuple[str, ...]:
    came = sum(_count(one, term) for term in CAME)
    found = sum(_count(one, term) for term in ARE_OR_WENT)
    return (f"{came} came or were there; {found} are there or went", f"Imbalance: {one.imbalance}")


def _count(one: BalanceOut, term: Term) -> int:
    counted: int = getattr(one, term.value.replace("-", "_"))
    return counted


def _tag(one: BalanceOut) -> TagView:
    even = one.imbalance == 0
    return TagView("Accounted for", "green") if even else TagView("Not accounted for", "red")


def _sought(sought: FollowUpList | None) -> Iterator[Section]:
    if sought is None:
        return
    yield Section(
        "Where the child is, nobody knows",
        tuple(sought_row(one) for one in sought.items),
        when_empty="Nobody is looked for.",
        links=(ActionLink("Everybody who is looked for", FOLLOW_UPS),),
    )


def settings_part(
    actor: Actor, la: str, found: SettingCountList | None, *, everybody: bool, further: bool
) -> PartPage:
    """Return the page that counts children by setting.

    Args:
        actor: who looks.
        la: whose area, by its code; empty for one's own.
        found: what was counted; `None` until an area is chosen.
        everybody: whether any area may be chosen.
        further: whether it is another page than the first.
    """
    chosen = (("", "Choose one"), *authority_choices())
    rows = tuple(
        Row(
            f"{one.provider_name}, site {one.site}",
            (
                f"{one.provider}",
                f"Children placed there today: {one.children}",
                f"By how many commissioners: {one.commissioners}",
                *((f"To be contacted: {', '.join(one.contacts)}",) if one.contacts else ()),
            ),
        )
        for one in (found.items if found else ())
    )
    return PartPage(
        heading="Children placed at each setting",
        caption=name_of(la) if la else caption_of(actor),
        back=START,
        paragraphs=(
            (
                "By everybody who places children there together; no child is named. "
                "Commissioners are named only while a concern is open about the site or its "
                "provider, or its listing is suspended. Both are the register's own policy."
            ),
            _NOT_FOR_OTHERS,
        ),
        sections=(
            Section(
                "Today",
                rows,
                when_empty="Nobody is placed in this area today."
                if found
                else "Choose a local authority first.",
            ),
        ),
        next_url=found.links.next if found else None,
        first_url=(f"{SETTINGS}?la={la}" if la else SETTINGS) if further else None,
        narrowed=(Narrowed("Whose area", select_field("la", chosen, la)),) if everybody else (),
    )
