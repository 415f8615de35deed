"""Judgements on a form: what is asked of each criterion, and what an inspector answered.

A form with judgements carries along what each was when it was shown. What was left as it was is not
sent on, so that nobody undoes what a colleague wrote meanwhile by leaving it alone.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from app.errors import AppError, FieldFault, InvalidRequestError
from app.inspections.errors import JudgementChangedError
from app.inspections.schemas.judgements import AskedAtSite, JudgementStated
from app.inspections.terms import NOT_LOOKED_AT, EvidenceMethod, Judgement
from app.pages import inspection_wording
from app.pages.filters import format_day
from app.pages.form_page import Answers
from app.pages.form_page_view import Part
from app.pages.questions import DAY_PARTS, Kind, Offered, Question, Typed, day_parts, one_of
from app.pages.signed_in import understood
from app.pages.standards_wording import FORCES, GATES
from app.standards.terms import Force

_JUDGEMENTS = tuple((code.value, inspection_wording.JUDGEMENTS[code][0]) for code in Judgement)
_METHODS = tuple(
    (code.value, f"{words[:1].upper()}{words[1:]}")
    for code, words in ((one, inspection_wording.METHODS[one]) for one in EvidenceMethod)
)
_CARRIED = (("yes", "Nobody looked anew: what was published last stands"),)
_MEMBERS = ("judgement", "finding", "method", "seen_on", "carried", "note", "files")


def key_of(item: AskedAtSite) -> str:
    """Return what ends the names of the fields of a judgement."""
    return f"{item.site}-{item.criterion.replace('.', '-')}"


def parts_of(
    items: Iterable[AskedAtSite], files: Sequence[Offered] = (), *, corrects: bool = False
) -> tuple[Part, ...]:
    """Return what is asked of each criterion.

    Args:
        items: the criteria.
        files: of the inspection, that may show something.
        corrects: whether what is published is corrected; notes and files then stay as they are.
    """
    return tuple(_part(one, files, corrects=corrects) for one in items)


def typed_of(items: Iterable[AskedAtSite], *, corrects: bool = False) -> Typed:
    """Return what is found so far as a form opens with it."""
    typed: dict[str, Sequence[str]] = {}
    for one in items:
        key, found = key_of(one), one.found
        days = day_parts(found.seen_on if found else None)
        typed |= {f"seen_on_{key}-{part}": text for part, text in days.items()}
        if found is None:
            continue
        typed[f"judgement_{key}"] = [found.judgement.value]
        typed[f"finding_{key}"] = [found.finding or ""]
        typed[f"method_{key}"] = [found.method.value] if found.method else []
        typed[f"carried_{key}"] = ["yes"] if found.carried else []
        if not corrects:
            typed[f"note_{key}"] = [found.note or ""]
            typed[f"files_{key}"] = [str(file) for file in found.files]
    return typed


def carried_of(items: Sequence[AskedAtSite], *, corrects: bool = False) -> dict[str, str]:
    """Return what a form carries along: of each criterion its version, and what it was."""
    typed = typed_of(items, corrects=corrects)
    versions = {key_of(one): one.found.version if one.found else 0 for one in items}
    return {f"was_{key}": f"{version}.{_digest(typed, key)}" for key, version in versions.items()}


def still_typed(items: Sequence[AskedAtSite], typed: Typed, *, corrects: bool = False) -> Typed:
    """Return what is shown again: what was typed, and of what was left alone what holds now."""
    alone = {key_of(one) for one in items if _is_left(one, typed)}
    present = {
        name: held
        for name, held in typed_of(items, corrects=corrects).items()
        if _key_in(name) in alone
    }
    typed_anew = {name: held for name, held in typed.items() if _key_in(name) not in alone}
    return typed_anew | present


def seen_part(method: EvidenceMethod, day: date) -> tuple[Part, Typed]:
    """Return what is asked once for everything on a page, and how it opens.

    Args:
        method: how evidence is most likely seen there.
        day: on which.
    """
    how = Question(
        "method_all", "How was it seen?", "Choose how it was seen", Kind.ONE, offered=_METHODS
    )
    when = Question("seen_on_all", "On which day?", "Enter the day", Kind.DAY)
    typed = {f"seen_on_all-{part}": text for part, text in day_parts(day).items()}
    words = "It counts for each criterion below of which you say nothing else."
    part = Part((how, when), "The evidence on this page", words)
    return part, typed | {"method_all": [method.value]}


def stated_in(
    items: Sequence[AskedAtSite], answers: Answers, typed: Typed
) -> list[JudgementStated]:
    """Return the judgements that somebody wrote or changed.

    How and when their evidence was seen is what is said of the page, where it is asked and a
    criterion says nothing of its own.

    Raises:
        InvalidRequestError: something is missing or wrong; each fault at its field.
    """
    shown = [one for one in items if f"was_{key_of(one)}" in typed]
    wanted = [one for one in shown if not _is_left(one, typed)]
    stated, faults = [], list[FieldFault]()
    for one in wanted:
        given = _given(one, answers)
        if given.get("judgement") is None:
            words = "Choose what you found, or leave everything about it for later."
            faults.append(_at_field(FieldFault(words, "/judgement"), one))
            continue
        given["version"] = _version_shown(one, typed)
        try:
            stated.append(understood(JudgementStated, given))
        except InvalidRequestError as refused:
            faults += [_at_field(fault, one) for fault in refused.errors]
    if faults:
        raise InvalidRequestError("Look at these judgements again.", errors=tuple(faults))
    return stated


def at_their_fields(
    refused: AppError, stated: Sequence[JudgementStated], now: Sequence[AskedAtSite]
) -> AppError:
    """Return a refusal of judgements as one whose faults are at the fields of a form.

    Args:
        refused: the refusal, its faults by the place of a judgement in what was sent.
        stated: what was sent.
        now: what is found now, to tell what a colleague wrote meanwhile.
    """
    by_key = {(one.site, one.criterion): one for one in now}
    faults = []
    for fault in refused.errors:
        parts = (fault.pointer or "").split("/")
        place = parts[2] if len(parts) > 2 and parts[1] == "judgements" else ""  # noqa: PLR2004
        if not place.isdigit() or int(place) >= len(stated):
            faults.append(fault)
            continue
        sent = stated[int(place)]
        item = by_key[sent.site, sent.criterion]
        if isinstance(refused, JudgementChangedError):
            fault = FieldFault(_meanwhile(item), "/judgement")  # noqa: PLW2901
        else:
            fault = FieldFault(fault.detail, "/".join(["", *parts[3:]]))  # noqa: PLW2901
        faults.append(_at_field(fault, item))
    return type(refused)(refused.detail, errors=tuple(faults))


def _part(one: AskedAtSite, files: Sequence[Offered], *, corrects: bool) -> Part:
    key, number = key_of(one), one.criterion
    questions = [
        Question(
            f"judgement_{key}",
            f"What did you find of {number}?",
            "Choose what you found",
            Kind.ONE,
            offered=_JUDGEMENTS,
        ),
        Question(
            f"finding_{key}",
            f"What was seen of {number}, or why nobody looked",
            "Say what was seen, or why nobody looked",
            Kind.PROSE,
            "It is published: nothing about a child. Needed unless it is met.",
        ),
        Question(
            f"method_{key}",
            f"How was the evidence for {number} seen?",
            "Choose how it was seen",
            Kind.ONE,
            offered=_METHODS,
        ),
        Question(
            f"seen_on_{key}",
            f"On which day was the evidence for {number} seen?",
            "Enter the day",
            Kind.DAY,
        ),
    ]
    if (one.last is not None and not corrects) or (one.found is not None and one.found.carried):
        questions.append(
            Question(
                f"carried_{key}", f"Is {number} carried forward?", "", Kind.ANY, offered=_CARRIED
            )
        )
    if not corrects:
        note = f"Note on {number} for colleagues alone"
        questions.append(Question(f"note_{key}", note, "Check the note", Kind.PROSE))
    if files and not corrects:
        shows = f"Which files show {number}?"
        questions.append(Question(f"files_{key}", shows, "Choose a file", Kind.ANY, offered=files))
    where = f"{number}, at site {one.site}" if corrects else number
    return Part(tuple(questions), where, " ".join(_words(one)))


def _words(one: AskedAtSite) -> Iterator[str]:
    weight = FORCES[one.force].label
    if one.force is not Force.GOOD_PRACTICE:
        weight += f", {GATES[one.gate].label.lower()}"
    yield f"{one.requirement} ({weight})"
    if one.last is not None:
        label = inspection_wording.JUDGEMENTS[one.last.judgement][0]
        seen = format_day(one.last.seen_on)
        yield f"Last published in {one.last.inspection}: {label}, seen on {seen}."
        if one.last.finding:
            yield one.last.finding


def _given(one: AskedAtSite, answers: Answers) -> dict[str, Any]:
    """Return what was answered of a criterion, as the schema takes it."""
    key = key_of(one)
    given: dict[str, Any] = {name: answers.get(f"{name}_{key}") for name in _MEMBERS}
    given["carried"] = given["carried"] == ["yes"]
    given["files"] = given["files"] or []
    given |= {"site": one.site, "criterion": one.criterion}
    if given["carried"] and given["judgement"] is None and one.last is not None:
        last = one.last
        given |= {"judgement": last.judgement, "method": last.method, "seen_on": last.seen_on}
        given["finding"] = given["finding"] or last.finding
    elif given["judgement"] is not None and given["judgement"] not in NOT_LOOKED_AT:
        for name in ("method", "seen_on"):
            given[name] = given[name] or answers.get(f"{name}_all")
    return given


def _is_left(one: AskedAtSite, typed: Typed) -> bool:
    """Say whether somebody left a judgement as it was shown to them."""
    key = key_of(one)
    _, _, shown = one_of(typed, f"was_{key}").partition(".")
    return shown == _digest(typed, key)


def _version_shown(one: AskedAtSite, typed: Typed) -> int | None:
    version, _, _ = one_of(typed, f"was_{key_of(one)}").partition(".")
    return int(version) if version.isdigit() and int(version) else None


def _digest(typed: Typed, key: str) -> str:
    """Return a few letters that are the same for what says the same."""
    names = [name for name in _MEMBERS if name != "seen_on"]
    held = [
        [" ".join(text.split()) for text in sorted(typed.get(f"{name}_{key}", ()))]
        for name in names
    ]
    held.append([one_of(typed, f"seen_on_{key}-{part}") for part in DAY_PARTS])
    said = repr([[text for text in texts if text] for texts in held])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _key_in(name: str) -> str:
    """Return the key of the judgement a field belongs to; nothing for any other field."""
    member, _, rest = name.partition("_")
    if name.startswith("seen_on_"):
        member, rest = "seen_on", name.removeprefix("seen_on_")
        rest = rest.rsplit("-", 1)[0] if rest.rsplit("-", 1)[-1] in DAY_PARTS else rest
    return rest if member in _MEMBERS else ""


def _at_field(fault: FieldFault, item: AskedAtSite) -> FieldFault:
    member = (fault.pointer or "").strip("/").split("/")[0]
    name = member if member in _MEMBERS else "judgement"
    # What follows the colon names codes, which a page has words for.
    words = fault.detail.partition(": a judgement of ")[0]
    return FieldFault(f"{item.criterion}: {words}", f"/{name}_{key_of(item)}")


def _meanwhile(item: AskedAtSite) -> str:
    found = item.found
    if found is None:
        return "A colleague took it back meanwhile. Look at it again, then send it once more."
    label = inspection_wording.JUDGEMENTS[found.judgement][0]
    said = f", “{found.finding}”" if found.finding else ""
    return (
        f"A colleague judged {item.criterion} since you opened the page: {label}{said}. What you "
        "typed is still here: if it is right, send it once more."
    )
