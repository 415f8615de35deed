"""What the pages of the calculators are given: a form, and the answer with its reasons."""

from dataclasses import dataclass

from app.calculators.schemas.stated import RuleCited, RulesList
from app.pages.form_page_view import FormPageView
from app.pages.view_models import ActionLink, Frame
from app.rules.catalogue import Subject
from app.rules.stated import Provenance, RuleBasis

RULES = "/rules"
CALCULATORS = (
    ActionLink("Who commissions and who pays for a place", f"{RULES}/who-pays"),
    ActionLink("Whether a setting must register as a school", f"{RULES}/registration-test"),
    ActionLink("Which attendance code fits", f"{RULES}/attendance-code"),
    ActionLink("By when something must be done", f"{RULES}/clocks"),
)
_SUBJECTS = {
    Subject.REGISTRATION: "When a setting must register as a school",
    Subject.COMMISSIONING: "Who arranges a place",
    Subject.MONEY: "Who pays",
    Subject.CLOCKS: "By when",
    Subject.ATTENDANCE: "Attendance codes",
    Subject.MISSING: "Children nobody can find",
    Subject.COMING: "Not in force",
}
_BASES = {
    RuleBasis.STATUTE: "Statute",
    RuleBasis.STATUTORY_GUIDANCE: "Statutory guidance",
    RuleBasis.POLICY: "Policy or practice, not law",
}
_CAUTION = "From general knowledge, still to be checked against it"


@dataclass(frozen=True, slots=True)
class AuthorityLine:
    """A sentence, and on what authority; a plain one has no source."""

    says: str
    basis: str
    source: str | None
    href: str
    caution: str | None


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """Sentences on one matter."""

    heading: str
    lines: tuple[AuthorityLine, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The answer: its label and colour, if it has one, what it comes to, and why."""

    heading: str
    label: str | None
    colour: str
    lead: str
    parts: tuple[AnswerPart, ...]


@dataclass(frozen=True, slots=True)
class CalculatorView:
    """The page: a form, and above it the answer, once it was sent."""

    frame: Frame
    title: str
    form: FormPageView
    answer: AnswerView | None


@dataclass(frozen=True, slots=True)
class RulesView:
    """The law in force and to come, by subject, and the calculators over it."""

    frame: Frame
    title: str
    lead: str
    calculators: tuple[ActionLink, ...]
    subjects: tuple[AnswerPart, ...]


def build_rules(found: RulesList, *, demonstration: bool) -> RulesView:
    """Return the page that lists the law."""
    return RulesView(
        frame=Frame(demonstration=demonstration, json_url="/v1/rules"),
        title="The law on placements",
        lead="What the law, guidance and the register's own rules ask of placements in alternative "
        "provision, each with its source. Ask what they mean for a case:",
        calculators=CALCULATORS,
        subjects=tuple(
            AnswerPart(
                heading,
                tuple(
                    line_of(_in_force(rule.says, in_force=rule.in_force), rule, rule.provenance)
                    for rule in found.items
                    if rule.subject is subject
                ),
            )
            for subject, heading in _SUBJECTS.items()
        ),
    )


def _in_force(says: str, *, in_force: bool) -> str:
    return says if in_force else f"Not in force: {says}"


def line_of(says: str, rule: RuleCited, provenance: Provenance) -> AuthorityLine:
    """Return a sentence with its authority."""
    cited = rule.citation
    caution = _CAUTION if provenance is Provenance.RECALLED else None
    source = f"{cited.source}, {cited.provision}"
    return AuthorityLine(says, _BASES[rule.basis], source, cited.url, caution)


def plain_line(says: str) -> AuthorityLine:
    """Return a sentence that needs none."""
    return AuthorityLine(says, "", None, "", None)
