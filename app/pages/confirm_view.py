"""The page before something that is not lightly undone: what will happen, why, and one button."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import AppError
from app.pages.form_parts import Ticks, read_faults, ticks
from app.pages.signed_in import new_form_key
from app.pages.view_models import ActionLink, ErrorLink, Frame


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is asked to confirm.

    Attributes:
        heading: the question, or the act.
        paragraphs: what will happen.
        button: what the button says.
        back: where to go instead.
        warning: what cannot be undone, if anything.
        reasons: from which one is chosen: value and words.
        reasons_legend: what is asked of the reason.
    """

    heading: str
    paragraphs: tuple[str, ...]
    button: str
    back: ActionLink
    warning: str | None = None
    reasons: Mapping[str, str] | None = None
    reasons_legend: str = "Why?"


@dataclass(frozen=True, slots=True)
class ConfirmView:
    """The page; `reason` is what was chosen, `key` and `version` travel unseen with the form."""

    frame: Frame
    title: str
    asked: Asked
    reason: Ticks | None
    key: str
    version: int | None
    errors: tuple[ErrorLink, ...]


def build_confirm(
    frame: Frame,
    asked: Asked,
    *,
    version: int | None = None,
    chosen: str = "",
    refused: AppError | None = None,
) -> ConfirmView:
    """Return the page.

    Args:
        frame: what surrounds the page.
        asked: what is to be confirmed.
        version: of what is changed, as it is shown.
        chosen: the reason, if one was chosen before.
        refused: why it was not done, if it was tried.
    """
    faults = read_faults(refused, {"reason": "Choose a reason"} if asked.reasons else {})
    reason = None
    if asked.reasons is not None:
        offered = ((value, text, None) for value, text in asked.reasons.items())
        reason = ticks("reason", offered, (chosen,), faults)
    return ConfirmView(
        frame=frame,
        title=faults.title(asked.heading),
        asked=asked,
        reason=reason,
        key=new_form_key(),
        version=version,
        errors=faults.links,
    )
