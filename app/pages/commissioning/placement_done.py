"""What a page of a placement says of the form that led to it; an address can put nothing else."""

from collections.abc import Mapping

DONE: Mapping[str, str] = {
    "recorded": "The placement was recorded. Say next who pays, and what keeps the child safe.",
    "timetable": "The week was changed. The setting was tested anew.",
    "ended": "The placement was ended.",
    "end-corrected": "How it ended was put right.",
    "assessed": "The placement rests on the assessment now.",
    "item": "The item was recorded.",
    "urgent": "It was recorded why the start cannot wait, and by when the rest is done.",
    "person-named": "They answer from now on.",
    "duty-offered": "The other body was asked. Until it accepts, you go on.",
    "offer-accept": "Your organisation takes it over from that day.",
    "offer-refuse": "It was refused. The body that asked goes on.",
    "offer-withdraw": "The offer was taken back. You go on.",
    "reviewed": "The review was recorded.",
    "acknowledged": "It was noted that you know of it. The review is still to be held.",
    "arranged": "It was arranged. Every payer signs next.",
    "amended": "The terms were amended.",
    "signed": "It was signed.",
    "disputed": "It is disputed. Nothing keeps the child from the place meanwhile.",
    "settled": "The dispute was settled.",
    "payer-confirmed": "Who pays first was confirmed. Every payer signs next.",
    "extended": "The placement was made longer.",
}
