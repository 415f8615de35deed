"""The words of timetables."""

from enum import StrEnum


class Weekday(StrEnum):
    """The days of a timetable."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
