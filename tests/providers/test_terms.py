from app.providers.models.providers import Provider, ProviderName
from app.providers.models.sites import Site
from app.providers.terms import (
    ADDRESS_NOT_PUBLIC,
    CURRENT_STATUSES,
    MOVES,
    PUBLIC_STATUSES,
    NameKind,
    Status,
)
from app.register.schemas.records import PublicStatus
from app.values.site_kind import SiteKind
from tests.providers.constraints import allowed_values

ALLOWED = """
                     known  listed  listed-with-actions  under-review  suspended  removed  closed
known                .      yes     yes                  .             .          .        .
listed               .      .       yes                  yes           yes        yes      yes
listed-with-actions  .      yes     .                    yes           yes        yes      yes
under-review         .      yes     yes                  .             yes        yes      yes
suspended            .      yes     yes                  yes           .          yes      yes
removed              .      yes     yes                  .             .          .        yes
closed               .      .       .                    .             .          .        .
"""
"""Each status (down) and where it may lead (across)."""


def test_every_move_from_every_status_is_allowed_or_not_as_written_here() -> None:
    lines = [["", *Status]]
    lines += [
        [here, *("yes" if there in MOVES[here] else "." for there in Status)] for here in Status
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    table = "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )

    assert table == ALLOWED.strip("\n")


def test_whoever_was_once_listed_stays_public() -> None:
    reached = {Status.LISTED}
    for _ in Status:
        reached |= {there for here in reached for there in MOVES[here]}

    assert reached == PUBLIC_STATUSES
    assert Status.KNOWN not in PUBLIC_STATUSES


def test_the_public_may_ask_for_every_public_status_and_no_other() -> None:
    assert {status.value for status in PublicStatus} == PUBLIC_STATUSES


def test_a_search_shows_those_on_the_register_unless_it_asks_for_others() -> None:
    assert set(CURRENT_STATUSES) == PUBLIC_STATUSES - {Status.REMOVED, Status.CLOSED}


def test_the_address_is_kept_back_where_it_may_be_a_home() -> None:
    assert {SiteKind.HOME_VISITS, SiteKind.ONLINE} == ADDRESS_NOT_PUBLIC


def test_the_tables_allow_the_same_words() -> None:
    assert allowed_values(Provider, "status") == set(Status)
    assert allowed_values(ProviderName, "kind") == set(NameKind)
    assert allowed_values(Site, "kind") == set(SiteKind)
