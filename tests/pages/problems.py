"""Refusals as the pages get them."""

from typing import Any

from app.http.problems import Problem, ProblemFault

REQUEST_ID = "4f1c2d7e9a6b4c0f8e3d5a7b9c1d3e5f"


def make_problem(status: int = 422, faults: dict[str, str] | None = None, **facts: Any) -> Problem:
    """Return a refusal; `faults` are what is wrong, by parameter."""
    return Problem.model_validate(
        {
            "type": "https://ap-register.example/problems/refused",
            "title": "Refused",
            "status": status,
            "detail": "It was refused.",
            "instance": f"urn:request:{REQUEST_ID}",
            "errors": [
                ProblemFault(detail=detail, parameter=parameter)
                for parameter, detail in (faults or {}).items()
            ]
            or None,
        }
        | facts
    )
