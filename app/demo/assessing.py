"""What is said in the assessments of a demonstration, as a commissioner would say it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.assessments.schemas.options import OptionStated, Price
from app.assessments.schemas.steps import (
    Agreed,
    AlternativesStated,
    AnyStep,
    BesidesPaid,
    MatchStated,
    MoneyStated,
    NeedMet,
    NeedStated,
    Objective,
    PlanStated,
    RegistrationStated,
    RiskStated,
    RiskWeighed,
    Telling,
    ToldStated,
    Tried,
    View,
    VoicesStated,
)
from app.assessments.terms import Level, OptionStanding, PriceUnit, RiskAbout
from app.occupancy.schemas import Timetable, TimetabledSession
from app.rules.funding.facts import PlacementPurpose, SchoolKind
from app.rules.funding.rows import Party
from app.rules.suitability.steps import Consent, SectionF, Told

WEEKS = 10
PRICE_PENCE = 4_500
_ELSEWHERE = 20 * 60
"""Minutes a week that the school teaches beside two mornings."""

Place = tuple[str, int]
"""A provider's number and the reference of its site."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A place that is looked for.

    Attributes:
        today: when it is assessed.
        starts_on: its first day.
        with_plan: whether the child has an EHC plan.
    """

    today: date
    starts_on: date
    with_plan: bool = False

    @property
    def ends_on(self) -> date:
        """Its last day, as planned."""
        return self.starts_on + timedelta(weeks=WEEKS, days=-3)


def mornings(*weekdays: str, until: str = "12:00", elsewhere: int | None = _ELSEWHERE) -> Timetable:
    """Return a week of mornings from half past nine."""
    sessions = [
        TimetabledSession.model_validate({"weekday": day, "starts": "09:30", "ends": until})
        for day in weekdays
    ]
    return Timetable(sessions=sessions, minutes_elsewhere=elsewhere)


def options(chosen: Place, other: Place) -> Iterator[OptionStated]:
    """Yield two settings side by side: one turned down, one chosen with its week."""
    yield OptionStated(
        provider=other[0],
        site=other[1],
        gaps="It offers nothing with tools.",
        standing=OptionStanding.TURNED_DOWN,
        reasons="It teaches nothing that the child asks for, and is an hour away by bus.",
    )
    yield OptionStated(
        provider=chosen[0],
        site=chosen[1],
        timetable=mornings("tuesday", "thursday"),
        price=Price(pence=PRICE_PENCE, unit=PriceUnit.HALF_DAY),
        standing=OptionStanding.CHOSEN,
        reasons="Small groups, and what the child wants to learn.",
    )


def steps(sought: Sought) -> Iterator[AnyStep]:
    """Yield what a person says in each step, in their order."""
    today = sought.today
    yield NeedStated(
        why="Comes to school on two days of five, and says that large groups are too loud.",
        purpose=PlacementPurpose.ENGAGEMENT,
        school_kind=SchoolKind.ACADEMY,
    )
    yield AlternativesStated(
        tried=[
            Tried(
                what="A mentor every morning",
                since=today - timedelta(days=90),
                came_of_it="Came more often for three weeks, then less.",
            )
        ],
        considered="A later start to the day: the bus does not fit.",
    )
    heard = View(
        view="I want to do something with my hands.", heard_on=today, how="In talk, with a friend."
    )
    agrees = View(view="It is worth a try.", heard_on=today, how="On the telephone.")
    yield VoicesStated(child=heard, parent=agrees, consent=Consent.GIVEN)
    yield ToldStated(
        told=[
            Telling(who=who, on=today, how="In writing.")
            for who in (
                Told.LOCAL_AUTHORITY,
                *((Told.PLAN_CASEWORKER,) if sought.with_plan else ()),
            )
        ]
    )
    yield RegistrationStated(
        considered="Five hours a week, and school on the other days: not full-time."
    )
    yield MatchStated(
        needs=[NeedMet(need="Calm in a group", met_by="Groups of four with two grown-ups.")],
        english="At school, on the other days.",
        mathematics="At school, on the other days.",
        full_time=True,
        section_f=SectionF.DELIVERED if sought.with_plan else None,
        section_f_how="Speech therapy goes on at school." if sought.with_plan else None,
    )
    agreed = Agreed(name="Grace Example", post="designated safeguarding lead", on=today)
    theirs = Agreed(name="Invented Lead", post="lead of the setting", on=today)
    yield RiskStated(
        risks=[
            RiskWeighed(
                about=RiskAbout.CHILD,
                what="Tools and machines",
                level=Level.MEDIUM,
                done_about_it="Shown how first; never alone.",
                then=Level.LOW,
            )
        ],
        we_agree=agreed,
        provider_agrees=theirs,
    )
    yield PlanStated(
        objectives=[Objective(what="Comes to both mornings", measured_by="attendance")],
        starts_on=sought.starts_on,
        ends_on=sought.ends_on,
        first_review_on=sought.starts_on + timedelta(weeks=4),
        steps_back=["A third morning at school from the sixth week"],
    )
    nothing = BesidesPaid(payer=Party.SCHOOL, pence=0)
    yield MoneyStated(
        payer=Party.SCHOOL,
        price_pence=PRICE_PENCE,
        unit=PriceUnit.HALF_DAY,
        units_a_week=2,
        weeks=WEEKS,
        travel=nothing,
        meals=nothing,
        value="Less than any other within ten miles.",
    )
