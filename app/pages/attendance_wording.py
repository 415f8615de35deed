"""The plain words of attendance: what was seen, why somebody was absent, why nobody is expected."""

from collections.abc import Mapping

from app.attendance.terms import AlertAnswer, AlertReason, ClosureReason, ClosureScope, FactSource
from app.pages.part_view import TagView
from app.rules.attendance.facts import Absence
from app.rules.attendance.reporting import Half, ReportKind

REPORTS: Mapping[str, TagView] = {
    ReportKind.ARRIVED: TagView("Arrived", "green"),
    ReportKind.LATE: TagView("Late", "yellow"),
    ReportKind.LEFT_EARLY: TagView("Left early", "yellow"),
    ReportKind.ABSENT: TagView("Absent", "red"),
    ReportKind.NOT_EXPECTED: TagView("Not expected", "grey"),
}
NO_REPORT = TagView("No report received", "blue")
"""Never told as an absence."""
ABSENCES: Mapping[str, str] = {
    Absence.NOT_KNOWN: "Nobody knows why",
    Absence.ILL: "Ill",
    Absence.APPOINTMENT: "Medical appointment",
    Absence.NOT_AUTHORISED: "Away without leave",
    Absence.LEAVE: "Leave that was granted",
    Absence.HOLIDAY_NOT_GRANTED: "Holiday that was not granted",
    Absence.SUSPENDED_NOTHING_ARRANGED: "Suspended or excluded, and nothing else arranged",
    Absence.PART_TIME_TIMETABLE: "Part-time timetable",
    Absence.INTERVIEW: "Interview",
    Absence.PERFORMANCE: "Performance that is licensed",
    Absence.STUDY_LEAVE: "Study leave",
    Absence.RELIGIOUS_DAY: "Religious observance",
    Absence.TRAVELLING: "Travelling for work, of a mobile family",
    Absence.NOT_REQUIRED: "Not of compulsory school age, and not required",
}
CLOSURES: Mapping[str, str] = {
    ClosureReason.HOLIDAY: "Holiday",
    ClosureReason.TRAINING_DAY: "Training day",
    ClosureReason.CLOSED: "Closed",
    ClosureReason.OTHER_ARRANGEMENT: "Something else is arranged",
}
WHY_NOT: Mapping[str, str] = {**CLOSURES, "bank-holiday": "Bank holiday"}
"""Why nobody is expected on a day on which a session is timetabled."""
SCOPES: Mapping[str, str] = {
    ClosureScope.SITE: "Everybody at the site",
    ClosureScope.PLACEMENT: "One child",
    ClosureScope.COMMISSIONER: "Every child whom you place",
}
SOURCES: Mapping[str, str] = {
    FactSource.PROVIDER: "the provider",
    FactSource.COMMISSIONER: "the commissioner",
}
HALVES: Mapping[str, str] = {Half.MORNING: "Morning", Half.AFTERNOON: "Afternoon"}
ALERTS: Mapping[str, TagView] = {
    AlertReason.ABSENT: TagView("Reported absent", "red"),
    AlertReason.NOT_REPORTED: TagView("No report received", "yellow"),
}
ALERT_ANSWERS: Mapping[str, str] = {
    AlertAnswer.SAFE: "The child is safe",
    AlertAnswer.BEING_LOOKED_FOR: "The child is being looked for",
    AlertAnswer.NOT_EXPECTED: "The child was not expected",
    AlertAnswer.ATTENDED: "The child was there",
}
