"""What the form for an inspection shows, as one file with its style and script in it."""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson
from markupsafe import Markup

from app.inspections.schemas.forms import FormOut
from app.inspections.schemas.judgements import AskedAtSite, FoundAtSite
from app.inspections.terms import EvidenceMethod, InspectorPart, Judgement
from app.pages import inspection_wording
from app.pages.filters import format_day, format_moment
from app.pages.rendering import STATIC
from app.standards.terms import Force, Gate

JUDGEMENTS: Mapping[Judgement, str] = {
    code: inspection_wording.JUDGEMENTS[code][0] for code in Judgement
}
METHODS: Mapping[EvidenceMethod, str] = {
    EvidenceMethod.VISIT: "Visit",
    EvidenceMethod.DESK: "Desk",
    EvidenceMethod.CALL: "Call",
}
GATES: Mapping[Gate, str] = {
    Gate.CRITICAL: "Critical",
    Gate.MAJOR: "Major",
    Gate.MINOR: "Minor",
}
NOT_PLAIN = re.compile("[<>&\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion at one site.

    Attributes:
        key: names its fields: `1-1.1a`.
        site: the site's reference.
        number: the criterion's.
        requirement: what it asks.
        gate: critical, major or minor.
        weight: the same in words; or that it never decides.
        last: what was published last and when its evidence was seen, in words, if anything was.
        begun: what its answer begins as, if it does.
        files: of the answer it begins as.
    """

    key: str
    site: int
    number: str
    requirement: str
    gate: str
    weight: str
    last: str | None
    begun: FoundAtSite | None
    files: str


@dataclass(frozen=True, slots=True)
class SiteSection:
    """A site, and what is looked at there."""

    reference: int
    name: str
    criteria: Sequence[CriterionRow]


@dataclass(frozen=True, slots=True)
class InspectorChoice:
    """Somebody who may have looked."""

    id: str
    name: str
    leads: bool


@dataclass(frozen=True, slots=True)
class FormView:
    """The whole file."""

    title: str
    provider: str
    about: str
    reference: str
    visited_on: str
    inspectors: Sequence[InspectorChoice]
    sites: Sequence[SiteSection]
    judgements: Mapping[str, str]
    methods: Mapping[str, str]
    policy: str
    style: Markup
    script: Markup
    data: Markup


def build_form(form: FormOut) -> FormView:
    """Return the file for a form."""
    style, script = _source("inspection-form.css"), _source("inspection-form.js")
    begun = {(one.site, one.criterion): one for one in form.result.judgements}
    rows = [_row(one, begun.get((one.site, one.criterion))) for one in form.items]
    kind = form.kind.replace("-", " ")
    made = format_moment(form.made_at)
    about = f"{kind.capitalize()} inspection by {form.body_name}, against {form.standards}. "
    return FormView(
        title=f"Inspection {form.reference}",
        provider=f"{form.provider_name} ({form.provider})",
        about=f"{about}This form was made on {made}.",
        reference=form.result.reference,
        visited_on=form.result.visited_on.isoformat(),
        inspectors=[
            InspectorChoice(str(one.person), one.name, one.part is InspectorPart.LEAD)
            for one in form.inspectors
        ],
        sites=[
            SiteSection(site.site, site.name, [row for row in rows if row.site == site.site])
            for site in form.sites
        ],
        judgements={one.value: words for one, words in JUDGEMENTS.items()},
        methods={one.value: words for one, words in METHODS.items()},
        policy=(
            f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
            "base-uri 'none'; form-action 'none'"
        ),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        data=_data(form),
    )


def _row(one: AskedAtSite, begun: FoundAtSite | None) -> CriterionRow:
    last = None
    if one.last is not None:
        words = JUDGEMENTS[one.last.judgement].lower()
        last = f"Last published in {one.last.inspection}: {words}, seen on "
        last += f"{format_day(one.last.seen_on)}. {one.last.finding or ''}"
    return CriterionRow(
        key=f"{one.site}-{one.criterion}",
        site=one.site,
        number=one.criterion,
        requirement=one.requirement,
        gate=one.gate.value,
        weight="Good practice" if one.force is Force.GOOD_PRACTICE else GATES[one.gate],
        last=last,
        begun=begun,
        files=" ".join(map(str, begun.files)) if begun is not None else "",
    )


def _data(form: FormOut) -> Markup:
    """Return what the script needs, so written that no text in it can end the script."""
    result = form.result.model_dump(mode="json", by_alias=True, exclude={"judgements"})
    last = {
        f"{one.site}-{one.criterion}": {
            "judgement": one.last.judgement,
            "finding": one.last.finding or "",
            "method": one.last.method,
            "seen_on": one.last.seen_on,
        }
        for one in form.items
        if one.last is not None
    }
    told = {"result": result, "last": last, "counts_months": form.counts_months}
    text = orjson.dumps(told, option=orjson.OPT_NON_STR_KEYS).decode()
    return Markup(NOT_PLAIN.sub(lambda found: f"\\u{ord(found[0]):04x}", text))  # noqa: S704


def _source(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
