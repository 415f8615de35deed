"""What a page of a placement says of the form that led to it; an address can put nothing else."""

from collections.abc import Mapping

DONE: Mapping[str, str] = {
    "recorded": "The placement was recorded. Say next who pays, and what keeps the child safe.",
    "timetable": "The week was changed. The setting was tested anew.",
    "ended": "The placement was ended.",
    "end-corrected": "How it ended was put right.",
    "assessed": "The placement rests on the assessment now.",
    "extended": "The placement was made longer.",
}
