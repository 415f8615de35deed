"""An assessment as its pages need it: what is told of it, and who the child is."""

from dataclasses import dataclass
from typing import Any

from app.access import Actor, Permission
from app.assessments.schemas.assessments import AssessmentOut, Finding, StepOut
from app.assessments.schemas.options import OptionOut
from app.assessments.service import assessing
from app.assessments.service.facts import facts_of
from app.assessments.service.gathering import gather
from app.assessments.service.telling import tell
from app.assessments.terms import AssessmentState, OptionStanding
from app.audit.service import record_read
from app.children.schemas import ChildIdentity
from app.children.service.keeping import identity_of
from app.db.events import WriteSession
from app.errors import NotFoundError
from app.pages.commissioning.forms import COMMISSIONING, PURPOSE, AnySession, At
from app.pages.view_models import ActionLink
from app.rules.suitability.judging import judge
from app.rules.suitability.steps import Step

ASSESSMENTS = f"{COMMISSIONING}/assessments"
ASSESSMENT = f"{ASSESSMENTS}/{{assessment_id}}"


@dataclass(frozen=True, slots=True)
class Whole:
    """An assessment, and who looks at it.

    Attributes:
        actor: who looks.
        row: as it is kept.
        told: as the API tells it.
        child: who the child is; nothing once its record was erased.
    """

    actor: Actor
    row: Any
    told: AssessmentOut
    child: ChildIdentity | None

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"{ASSESSMENTS}/{self.told.id}"

    @property
    def back(self) -> ActionLink:
        """The way back to its page."""
        return ActionLink(f"Assessment {self.told.reference}", self.address)

    @property
    def name(self) -> str:
        """Who it is about."""
        if self.child is None:
            return "A child whose record was erased"
        return f"{self.child.given_names} {self.child.family_name}"

    @property
    def own(self) -> bool:
        """Whether it is the organisation's own, so that it can change it."""
        return bool(self.row.commissioner_id == self.actor.organisation_id)

    @property
    def is_open(self) -> bool:
        """Whether something can still be said in it."""
        return self.told.state is AssessmentState.OPEN

    @property
    def chosen(self) -> OptionOut | None:
        """The setting that is chosen, if one is."""
        chosen = OptionStanding.CHOSEN
        return next((one for one in self.told.options if one.standing is chosen), None)

    @property
    def found(self) -> list[Finding]:
        """Everything that is missing, or stands against it."""
        return [one for step in self.told.steps for one in step.found]

    def step(self, step: Step) -> StepOut:
        """Return a step."""
        return next(one for one in self.told.steps if one.step is step)

    def option(self, option_id: Any) -> OptionOut:
        """Return a setting that is looked at.

        Raises:
            NotFoundError: there is none such.
        """
        for one in self.told.options:
            if one.id == option_id:
                return one
        raise NotFoundError("The assessment has no such setting. Go back, and follow the link.")

    def why_not_say(self) -> str:
        """Return why whoever looks says nothing in it; empty where they may."""
        if not self.own:
            return "only the commissioner whose assessment it is does that."
        if not self.is_open:
            return "the assessment is closed."
        if Permission.PLACEMENTS_RECORD not in self.actor.permissions:
            return "your roles do not record placements."
        return ""

    def why_not_decide(self) -> str:
        """Return why whoever looks does not decide; empty where they may try."""
        if not self.own:
            return "only the commissioner whose assessment it is does that."
        if not self.is_open:
            return "the assessment is closed."
        if Permission.PLACEMENTS_DECIDE not in self.actor.permissions:
            return "an approver of your organisation does, other than who asked for the place."
        if self.row.requested_by == self.actor.id:
            return "you asked for the place, so somebody else who may decide does."
        return ""


async def read_assessment(session: AnySession, at: At) -> Whole:
    """Return an assessment that somebody may see, looked at anew.

    Raises:
        AssessmentNotFoundError: there is none such.
    """
    row = await assessing.look_at(session, at.id("assessment_id"))
    gathered = await gather(session, at.ring, row)
    told = await tell(session, gathered, judge(facts_of(gathered)))
    child = identity_of(at.ring, gathered.child) if gathered.child is not None else None
    return Whole(at.actor, row, told, child)


async def look(session: WriteSession, at: At) -> None:
    """Write down that somebody reads an assessment, and what for.

    Raises:
        AssessmentNotFoundError: there is none such.
    """
    row = await assessing.look_at(session, at.id("assessment_id"))
    subject = assessing.subject_of(row.id, row.commissioner_id)
    await record_read(session, at.actor, "assessment.read", subject, PURPOSE)
