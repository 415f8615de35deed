"""Every kind of page, looked at by axe in a real browser, signed in as fitting invented people."""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.demo.people import demonstration_id
from tests.browser import notices, placing
from tests.browser.chromium import Look, Visitor, look_round, trouble
from tests.browser.furnishing import furnish, import_more
from tests.cli.services import serving
from tests.contracts.route_table import ACCESS
from tests.tour import inspecting
from tests.tour import story as tour
from tests.tour.telling import Caller

pytestmark = pytest.mark.heavy

FIRST = ("/account", "/organisation")
OFFICERS = (
    *FIRST,
    *("/applications?queue=register", "/applications", "/provider-records"),
    *("/redactions", "/merges"),
)
INSPECTORS = (
    *("/inspections?listed=open", "/inspections?listed=over", "/inspections?listed=checks"),
    *("/inspections?listed=appeals", "/inspection-results", "/concerns", "/interim-suspensions"),
    *("/reliances", "/declared-interests"),
)
PLACERS = ("/commissioning", "/commissioning/assessments?state=refused")
OWNERS = (*FIRST, "/records")
PEOPLE = {
    "Asha Example": OFFICERS,
    "Milo Example": (*OFFICERS, *INSPECTORS),
    "Nia Example": (*OFFICERS, *INSPECTORS),
    "Ewa Example": INSPECTORS,
    "Iona Example": INSPECTORS,
    "Lena Example": OFFICERS,
    "Kit Example": (*OFFICERS, "/oversight", "/oversight/settings?la=331"),
    "Pia Example": (*FIRST, *PLACERS, "/commissioning/placements"),
    "Carys Example": ("/commissioning", "/oversight", "/oversight/match-questions"),
    "Grace Example": PLACERS,
    "Harry Example": OWNERS,
    "Femi Example": (*FIRST, "/known-providers", "/commissioning/children"),
}


PAGES = frozenset(
    path
    for method, path in ACCESS
    if method == "GET"
    and not path.startswith(("/v1", "/oauth", "/.well-known", "/healthz", "/readyz", "/metrics"))
    and path != "/openapi.json"
)
_BY_MAIL = (
    *("/sign-in/link/{token}", "/invitations/{token}"),
    *("/sign-in/second-factor", "/sign-in/second-factor/again"),
    *("/sign-in/set-up", "/sign-in/set-up/another"),
)
_ELSEWHERE = ("/sign-in/again", "/sign-in/openid", "/sign-in/return")
_DONE_BEFORE = (
    "/applications/{listing_id}/assess",
    "/records/{number}/applications/{listing_id}/change",
    "/records/{number}/applications/{listing_id}/questions/{question_id}/answer",
    "/records/{number}/applications/{listing_id}/submit",
    "/records/{number}/consent/give",
    "/records/{number}/details/numbers/{identifier_id}/withdraw",
    "/records/{number}/self-evaluations/{self_evaluation_id}/carry-over",
    "/records/{number}/sites/{reference}/apply",
)
_NOT_YET = (
    "/applications/{listing_id}/matches/{match_id}/judge",
    "/merges/{merge_id}/part",
    "/provider-records/{number}/identifiers/{identifier_id}/look-up",
    "/redactions/{redaction_id}",
    "/redactions/{redaction_id}/confirm",
    "/redactions/{redaction_id}/decline",
)
_OF_ADMINISTRATORS = (
    "/commissioning/children/{child_id}/erase",
    "/commissioning/children/{child_id}/hold",
)
"""Of who reads children, too; of those invented Femi alone, who chooses for whom to act first."""
_OF_THE_WORKER = (
    *("/commissioning/alerts/{alert_id}", "/commissioning/alerts/{alert_id}/take"),
    *("/oversight/cases/{case_id}", "/oversight/cases/{case_id}/close"),
    *("/oversight/cases/{case_id}/children", "/oversight/cases/{case_id}/children/{child_id}/find"),
    "/commissioning/placements/{placement_id}/reviews/acknowledge",
)
"""It opens alerts, cases and reviews as time goes by."""
_NOT_MADE = (
    "/commissioning/closures/{closure_id}/withdraw",
    "/commissioning/exports/file",
    "/commissioning/funding/{arrangement_id}",
    *(
        f"/commissioning/funding/{{arrangement_id}}/{end}"
        for end in ("amend", "confirm", "disputes/{dispute_id}/settle")
    ),
    *(
        f"/commissioning/funding/{{arrangement_id}}/payers/{{number}}/{end}"
        for end in ("dispute", "sign")
    ),
    "/oversight/follow-ups/{follow_up_id}/handover/answer",
    "/records/{number}/attendance/{day}/report",
    "/records/{number}/closures/{closure_id}/withdraw",
)
NOT_SEEN = frozenset(
    (
        *(*_BY_MAIL, *_ELSEWHERE, *_DONE_BEFORE, *_NOT_YET),
        *(*_OF_ADMINISTRATORS, *_OF_THE_WORKER, *_NOT_MADE),
    )
)
"""Pages to which nothing leads here: a link in the mail does, or a sign-in service, or an act that
was done before, or one that was not. Templates of theirs are looked at without a browser."""


@dataclass(frozen=True, slots=True)
class Told:
    """A register on which something of every kind waits, and where some of it is."""

    base: str
    application: str
    records: tuple[str, ...]
    inspected: str
    assessed: str
    lost: str


@pytest.fixture(scope="module")
def told() -> Iterator[Told]:
    reason = trouble()
    if reason is not None:
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="browser-") as made:
        Path(made).chmod(0o755)  # root's database server runs as another user
        story = tour.Story(Path(made).resolve())
        tour.import_list(story.folder)
        import_more(story.folder)
        with serving(story.folder) as service:
            tour.claim(story, service.base)
            tour.complete(story, service.base)
            tour.apply_and_question(story, service.base)
            inspecting.hear(service.base, inspecting.visit(service.base, story.number, story.site))
            with Caller(service.base, "Milo Example") as assessor:
                tour.propose(story, assessor, "listed")
            added = furnish(story, service.base)
            assessed = placing.assess(service.base, story.number, story.site)
            lost = placing.place(service.base, story.number, story.site)
            notices.compose(service.base, story.number, story.site)
            numbers = (story.number, *added.records)
            yield Told(service.base, story.listing, numbers, added.inspected, assessed, lost)


@pytest.fixture(scope="module")
def looks(told: Told) -> list[Look]:
    waiting = (
        f"/applications/{told.application}",
        *(f"/provider-records/{number}" for number in told.records),
    )
    public = ("/", "/sign-in", "/standards", "/standards/working-set-1", "/about", "/signed-out")
    nobody = Visitor("The public", None, (*public, f"/providers/{told.inspected}"))
    found = (f"/records/{told.records[0]}/shares/find?q=academy",)
    option = (
        f"{told.assessed}/options/add?provider={told.records[0]}&site=1",
        f"{told.lost}/end/correct",
    )
    special = {"/applications": waiting, "/records": found, "/commissioning/placements": option}
    visitors = [
        Visitor(name, str(demonstration_id(name)), (*first_of(starts, special), *starts))
        for name, starts in PEOPLE.items()
    ]
    return look_round(told.base, nobody, *visitors)


def test_nothing_keeps_anybody_from_using_a_page(looks: list[Look]) -> None:
    found = {f"{one.person} {one.path}": one.violations for one in looks if one.violations}

    assert found == {}


def test_every_page_is_there_for_whoever_is_led_to_it(looks: list[Look]) -> None:
    assert {f"{one.person} {one.path}": one.status for one in looks if one.status != 200} == {}


def test_every_kind_of_page_is_seen(looks: list[Look]) -> None:
    seen = {template_of(one.path.split("?", maxsplit=1)[0]) for one in looks}

    unseen = sorted(PAGES - seen - NOT_SEEN)
    assert not unseen, "\n".join(unseen)
    assert NOT_SEEN <= PAGES


def test_what_is_planted_is_found(told: Told) -> None:
    (look,) = look_round(told.base, Visitor("The public", None, ("/",)), planted=True)

    assert [one.split(":")[0] for one in look.violations] == ["image-alt"]


def first_of(starts: Sequence[str], special: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return where somebody begins besides, whose starts name one of these pages."""
    return next((places for page, places in special.items() if page in starts), ())


def template_of(path: str) -> str:
    """Return the address of the route that answers a path: the one that says most of it."""
    fitting = [one for one in PAGES if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", one), path)]
    return min(fitting, key=lambda one: one.count("{"))
