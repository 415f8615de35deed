"""The invented children of a demonstration: their names are colours, and nobody is called so."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from stdnum.gb.upn import calc_check_digit

from app.children.schemas import Circumstances, NewChild
from app.demo.people import SCHOOL_URN

COVENTRY = "331"
SURNAME = "Synthetic"
_KNOWN_FOR = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Pupil:
    """An invented child.

    Attributes:
        name: the given one, a colour.
        number: which makes the unique pupil number; none: it has none yet.
        birthday: month and day.
        age: in years, on the last of them.
        on_roll: whether the invented school has it on its roll.
        with_plan: whether Coventry maintains an EHC plan for it.
        in_care: whether Coventry looks after it.
    """

    name: str
    number: int | None
    birthday: tuple[int, int]
    age: int = 14
    on_roll: bool = True
    with_plan: bool = False
    in_care: bool = False

    @property
    def upn(self) -> str | None:
        """A unique pupil number whose letter fits."""
        if self.number is None:
            return None
        body = f"331990000{self.number:03d}"
        return str(calc_check_digit(body)) + body

    def record(self, today: date, reference: str | None = None) -> NewChild:
        """Return the record of it that a commissioner adds, under a reference of its own."""
        passed = (today.month, today.day) >= self.birthday
        born = date(today.year - self.age - (not passed), *self.birthday)
        return NewChild(
            reference=reference or f"DEMO-{self.name.upper()}",
            upn=self.upn,
            given_names=self.name,
            family_name=SURNAME,
            date_of_birth=born,
            circumstances=Circumstances(
                since=today - _KNOWN_FOR,
                home_la=COVENTRY,
                school=SCHOOL_URN if self.on_roll else None,
                plan_la=COVENTRY if self.with_plan else None,
                care_la=COVENTRY if self.in_care else None,
                sen=self.with_plan,
            ),
        )


PUPILS = MappingProxyType(
    {
        one.name: one
        for one in (
            Pupil("Amber", 1, (3, 14)),
            Pupil("Coral", 2, (11, 2)),
            Pupil("Hazel", 3, (6, 21), on_roll=False),
            Pupil("Indigo", 4, (1, 30)),
            Pupil("Jade", 5, (8, 9)),
            Pupil("Olive", 6, (9, 17), with_plan=True),
            Pupil("Rowan", 7, (2, 5)),
            Pupil("Sienna", 8, (4, 26), on_roll=False, with_plan=True, in_care=True),
            Pupil("Teal", 9, (12, 12)),
            Pupil("Violet", None, (10, 8)),
        )
    }
)
"""By their names."""
