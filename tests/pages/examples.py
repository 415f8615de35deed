"""Every template with what it may be given, from plain to hostile."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from app.pages.problem_view import build_about, build_problem
from app.pages.public.api_view import ApiPartView, build_api, build_api_part
from app.pages.public.compare_view import Chosen, build_compare
from app.pages.public.developers_view import DevelopersView, build_data, build_developers
from app.pages.public.history_view import Stretch, Told, build_history
from app.pages.public.provider_view import PRESENT, Asked, build_provider
from app.pages.public.search_form import MANY, SearchForm
from app.pages.public.search_view import build_refused_search, build_search
from app.pages.rendering import authority_choices, render
from app.pages.view_models import Frame
from app.register.visits import Visits
from tests.pages import officer_examples as officers
from tests.pages.answers import (
    HOSTILE,
    make_answer,
    make_evidence,
    make_inspection,
    make_item,
    make_listing,
    make_offer,
    make_record,
    make_site,
)
from tests.pages.inspection_examples import published_view, quiet_view
from tests.pages.made_examples import made_pages
from tests.pages.problems import make_problem
from tests.pages.reading import Page, read
from tests.pages.rules_examples import rules_pages
from tests.pages.standards_examples import criterion_view, standards_view


@dataclass(frozen=True, slots=True)
class Example:
    """A page to look at: its template and its view."""

    template: str
    view: object

    def page(self) -> Page:
        """Render it and read it back."""
        return read(bytes(render(self.template, self.view).body))


def search_example(
    form: SearchForm | None = None, answer: dict[str, object] | None = None
) -> Example:
    """Return the search page for a form and its answer."""
    view = build_search(
        form or SearchForm(),
        answer or make_answer(make_item()),
        authorities=authority_choices(),
        demonstration=True,
    )
    return Example("search.html", view)


def refused_example(faults: dict[str, str], form: SearchForm) -> Example:
    """Return the search page for a search that was refused."""
    view = build_refused_search(
        form, make_problem(faults=faults), authorities=authority_choices(), demonstration=False
    )
    return Example("search.html", view)


def provider_example(
    record: dict[str, object], *, demonstration: bool = True, asked: Asked = PRESENT
) -> Example:
    """Return a provider's page."""
    view = build_provider(record, demonstration=demonstration, asked=asked)
    return Example("provider.html", view)


def history_example(*records: dict[str, object] | None) -> Example:
    """Return the timeline of a provider whose entries, newest first, said this."""
    told = [
        Told(
            entry=1_000 - older,
            recorded_at=datetime(2026, 11, 23, 12, tzinfo=UTC) - timedelta(days=older),
            effective_on=date(2026, 11, 23) - timedelta(days=older),
            record=record,
            redacted_at=None if record else datetime(2026, 11, 25, 12, tzinfo=UTC),
            redaction_reason=None if record else HOSTILE,
            is_first=older == len(records) - 1,
            before=(*records, None)[older + 1],
            by=HOSTILE,
            reason=HOSTILE,
        )
        for older, record in enumerate(records)
    ]
    stretch = Stretch("here", "there")
    return Example(
        "history.html", build_history("AP000001Z", HOSTILE, told, stretch, demonstration=True)
    )


def problem_example(status: int) -> Example:
    """Return the page of a refusal."""
    problem = make_problem(status, {"x": HOSTILE}, retry_after_seconds=12, title=HOSTILE)
    return Example("problem.html", build_problem(problem, frame=Frame(demonstration=False)))


FAULTS = {
    "age": "It must be a whole number.",
    "near": "No.",
    "need.0": "No.",
    "la": HOSTILE,
    "q": HOSTILE,
    "status": "No.",
    "within_miles": "It must be 100 or less.",
    "cursor": HOSTILE,
    "other": HOSTILE,
}
LAPSED = make_evidence(status="out-of-date", since="2026-12-02", grace_until="2026-12-29")
_HOSTILE_FORM = SearchForm(
    **{name: HOSTILE for name in SearchForm.__dataclass_fields__ if name not in MANY},
    need=(HOSTILE,),
    key_stage=(HOSTILE,),
    places=(HOSTILE,),
    outcome=(HOSTILE,),
)
_HOSTILE_INSPECTION = make_inspection(
    outcome=HOSTILE,
    next=HOSTILE,
    decided_by=[{"criterion": HOSTILE, "judgement": HOSTILE, "because": HOSTILE}],
    due={"kind": HOSTILE, "on": "2027-01-01"},
    latest={
        "reference": HOSTILE,
        "kind": HOSTILE,
        "published_on": "2026-09-20",
        "version": 2,
        "sha256": HOSTILE,
    },
    pending=[HOSTILE],
)
_HOSTILE_ITEM = make_item(
    number=HOSTILE,
    name=HOSTILE,
    other_names=[HOSTILE] * 7,
    towns=[HOSTILE] * 7,
    needs=[HOSTILE],
    status={"code": HOSTILE, "since": "2026-01-01"},
    outcome=HOSTILE,
    local_authorities=[{"la_code": "1", "name": HOSTILE}],
    site_count=7,
)
_HOSTILE_ANSWER = make_answer(
    _HOSTILE_ITEM | {"matched": [HOSTILE]},
    make_item(),
    near={"label": HOSTILE, "precision": "postcode-area"},
    corrections={HOSTILE: HOSTILE},
    links={"next": "/v1/providers?cursor=%3Cscript%3E%22"},
)
_HOSTILE_SITE = make_site(
    name=HOSTILE,
    kind=HOSTILE,
    address={"lines": [HOSTILE], "town": HOSTILE, "postcode": HOSTILE},
    local_authority={"la_code": "1", "name": HOSTILE},
    run_by=HOSTILE,
    listing=make_listing(
        reason=HOSTILE,
        announced={"status": HOSTILE, "from": "2027-01-01", "reason": HOSTILE},
        scope={"ages": None, "key_stages": [], "needs": [HOSTILE], "programmes": [HOSTILE]},
        standards=HOSTILE,
        basis=HOSTILE,
        seen_how=HOSTILE,
    ),
    inspection=_HOSTILE_INSPECTION,
    offers=[make_offer(programme=HOSTILE, needs=[HOSTILE])],
)
_HOSTILE_RECORD = make_record(
    number=HOSTILE,
    name=HOSTILE,
    other_names=[{"name": HOSTILE, "kind": HOSTILE}],
    identifiers=[{"scheme": HOSTILE, "value": HOSTILE, "verified_on": None}],
    status={"code": HOSTILE, "since": "2026-01-01"},
    outcome=HOSTILE,
    contact={"website": HOSTILE, "email": HOSTILE, "phone": HOSTILE},
    successors=[HOSTILE],
    sites=[_HOSTILE_SITE, make_site(listing=None), make_site(closed_on="2020-01-01", offers=[])],
)

_HEAD = {
    "entry": 5_012,
    "recorded_at": datetime(2026, 11, 23, 12, tzinfo=UTC),
    "epoch": HOSTILE,
    "demonstration": True,
    "providers": 4_000,
    "tombstones": 1,
}
_VISITS = Visits(
    on=date(2026, 11, 23),
    head=_HEAD,
    overdue_days=60,
    total={"sites": 4_100, "never_inspected": 12, "overdue": 7, "due_within_3_months": 90},
    by_la={},
)
_HOSTILE_OPERATION = {
    "operationId": "doIt",
    "tags": [HOSTILE],
    "description": f"`{HOSTILE}` {HOSTILE}\n\n{HOSTILE}",
    "parameters": [{"name": HOSTILE, "in": "query", "schema": {"enum": [HOSTILE]}}],
    "requestBody": {"content": {"application/json": {"schema": {"const": HOSTILE}}}},
    "responses": {"200": {"description": HOSTILE}},
}
HOSTILE_DOCUMENT = {
    "info": {"version": HOSTILE},
    "paths": {
        HOSTILE: {
            "get": _HOSTILE_OPERATION | {"operationId": "seeIt", "security": []},
            "post": _HOSTILE_OPERATION | {"security": [{"session": [HOSTILE]}]},
        }
    },
    "components": {"securitySchemes": {HOSTILE: {"description": HOSTILE}}},
}


def _developers() -> DevelopersView:
    return build_developers(HOSTILE, "600/minute; 20/second", HOSTILE, demonstration=True)


def _api_part() -> ApiPartView:
    slug = build_api(HOSTILE_DOCUMENT, demonstration=True).kept[0].href.rpartition("/")[2]
    view = build_api_part(HOSTILE_DOCUMENT, slug, HOSTILE, demonstration=True)
    assert view is not None
    return view


EXAMPLES = {
    "search": search_example(),
    "search-near": search_example(
        SearchForm("forge", "LS1 9ZZ", "5", "383", "14", ("SEMH",), "listed", "here"),
        make_answer(
            make_item(),
            make_item(status={"code": "suspended", "since": "2026-01-01"}),
            near={"label": "LS1 (approximate)", "precision": "postcode-district"},
            corrections={"forj": "forge"},
            links={"next": "/v1/providers?cursor=there"},
        ),
    ),
    "search-nothing": search_example(SearchForm("forge", near="LS1"), make_answer()),
    "search-empty-register": search_example(
        None, make_answer(register={"entry": 0, "recorded_at": None})
    ),
    "search-refused": refused_example(FAULTS, SearchForm("forge", age="x")),
    "search-hostile": search_example(_HOSTILE_FORM, _HOSTILE_ANSWER),
    "search-refused-hostile": refused_example(FAULTS, _HOSTILE_FORM),
    "provider": provider_example(make_record()),
    "provider-inspected": provider_example(
        make_record(outcome="meets-with-actions", sites=[make_site(inspection=make_inspection())])
    ),
    "provider-bare": provider_example(make_record(other_names=[], identifiers=[], sites=[])),
    "provider-changing": provider_example(
        make_record(
            evidence=LAPSED,
            next={"on": "2027-01-01", "status": "suspended", "evidence": "out-of-date"},
            predecessors=["AP000003Q"],
            sites=[
                make_site(
                    evidence=LAPSED,
                    listing=make_listing(
                        basis="transition",
                        announced={"status": "suspended", "from": "2027-01-01", "reason": None},
                    ),
                ),
                make_site(name="Second site", listing=None, evidence=None),
            ],
        )
    ),
    "provider-hostile": provider_example(_HOSTILE_RECORD),
    "provider-then": provider_example(make_record(), asked=Asked("2026-03-04", date(2026, 3, 4))),
    "provider-refused-day": provider_example(make_record(), asked=Asked(HOSTILE, error=HOSTILE)),
    "history": history_example(
        make_record(name="Example Forge and Farm"), make_record(), None, make_record()
    ),
    "history-hostile": history_example(_HOSTILE_RECORD, make_record(), None),
    "about": Example("about.html", build_about(frame=Frame(demonstration=True))),
    "compare": Example(
        "compare.html",
        build_compare(
            [
                Chosen(make_record(), make_item()["provider"]),
                Chosen(_HOSTILE_RECORD, _HOSTILE_ITEM["provider"]),
            ],
            [HOSTILE],
            demonstration=True,
        ),
    ),
    "compare-nothing": Example("compare.html", build_compare([], [], demonstration=True)),
    "inspection": Example("published_inspection.html", published_view()),
    "inspection-quiet": Example("published_inspection.html", quiet_view()),
    "inspection-hostile": Example("published_inspection.html", published_view(hostile=True)),
    "criterion": Example("criterion.html", criterion_view()),
    "criterion-hostile": Example("criterion.html", criterion_view(hostile=True)),
    "data": Example("data.html", build_data(_HEAD, _VISITS)),
    "data-empty": Example(
        "data.html",
        build_data(_HEAD | {"entry": 0, "recorded_at": None}, replace(_VISITS, overdue_days=None)),
    ),
    "developers": Example("developers.html", _developers()),
    "api": Example("api.html", build_api(HOSTILE_DOCUMENT, demonstration=True)),
    "api-part": Example("api_part.html", _api_part()),
    "standards": Example("standards.html", standards_view(narrowed=True)),
    "standards-hostile": Example("standards.html", standards_view(hostile=True)),
    "standards-none": Example("standards.html", standards_view(in_force=False)),
    "applications": Example("applications.html", officers.queue_view()),
    "application": Example("listing.html", officers.listing_view(assessing=True)),
    "listing": Example("listing.html", officers.listing_view(assessing=False)),
    "outcomes": Example("outcomes.html", officers.outcomes_view()),
    "merges": Example("merges.html", officers.merges_view()),
    "merge": Example("merge.html", officers.merge_view()),
    "redactions": Example("redactions.html", officers.redactions_view()),
    "redaction": Example("redaction.html", officers.redaction_view()),
    **{name: Example(*page) for name, page in (made_pages() | rules_pages()).items()},
    **{f"problem-{status}": problem_example(status) for status in (403, 404, 422, 429, 500, 503)},
}
