"""The form for an inspection: as JSON, or as one file that works without a network."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from app.http.problems import problems
from app.http.sessions import Reading
from app.inspections.errors import InspectionMoveNotAllowedError, NotYourInspectionError
from app.inspections.router import answering as answers
from app.inspections.router.answering import Reader, Reference
from app.inspections.router.forming import form_told
from app.inspections.schemas.forms import FormOut
from app.pages.officers.inspection_form_view import build_form
from app.pages.rendering import environment

FORM = f"{answers.INSPECTION}/form"
HTML = "text/html"

router = APIRouter(tags=["inspections"])

_FORMS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": FormOut,
        "description": "The form: as JSON, or as one HTML file to be saved.",
        "content": {HTML: {"schema": {"type": "string"}}},
    }
}


@router.get(
    FORM,
    operation_id="getInspectionForm",
    responses=_FORMS
    | problems(*answers.LOOKED, NotYourInspectionError, InspectionMoveNotAllowedError),
)
async def get_form(
    request: Request,
    session: Reading,
    _: Reader,
    reference: Reference,
    format: Annotated[  # noqa: A002 - what callers know it by
        Literal["json", "html"] | None,
        Query(description="What is answered; otherwise as `Accept` says, and JSON."),
    ] = None,
) -> Response:
    """Take the form for an inspection along: what is looked at, and what was seen last, and when.

    As HTML it is one file that needs no network: it keeps what is typed in the browser, says what
    is wrong as the service would, and saves the result to be sent to /v1/inspection-results.
    """
    told = Response()
    form = await form_told(session, reference, told)
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    wanted = format or ("html" if HTML in request.headers.get("accept", "") else "json")
    if wanted == "json":
        return JSONResponse(form.model_dump(mode="json", by_alias=True), headers=headers)
    view = build_form(form)
    headers |= {
        "Content-Disposition": f'attachment; filename="{form.reference}.html"',
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    html = environment().get_template("inspection_form.html").render(view=view)
    return HTMLResponse(html, headers=headers)
