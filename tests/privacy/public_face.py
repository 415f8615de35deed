"""Everything the public can fetch, fetched: each address of the table of routes, in many forms."""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

import httpx

from tests.contracts.route_table import ACCESS
from tests.privacy.planting import HALLMARK

ANY = "&".join(
    f"status={one}"
    for one in ("listed", "listed-with-actions", "under-review", "suspended", "removed", "closed")
)
FORMS: Mapping[str, Sequence[str]] = {
    "/v1/providers": (
        "",
        f"?{ANY}&include=total&include=facets",
        f"?{ANY}&q=Example&sort=name&limit=1&include=total",
        f"?{ANY}&near=CV1&within_miles=50&sort=distance",
        f"?{ANY}&la=331&age=12&need=SEMH&key_stage=3",
        f"?{ANY}&as_at=1",
        f"?{ANY}&as_at={{today}}",
    ),
    "/v1/providers/{number}": ("", "?as_at=2", "?as_at={today}", "?in_force_on={today}"),
    "/v1/providers/{number}/history": ("", "?limit=1"),
    "/v1/register/download": (
        "?format=jsonl",
        *(f"?format=csv&table={one}" for one in ("providers", "sites", "offers")),
    ),
    "/v1/register/entries": ("", "?after=1"),
    "/v1/standards/{code}/crosswalk": (),
    "/providers/{number}": ("", "?as_at={today}"),
    "/compare": ("?number={number}",),
    "/": ("?status=any", "?q=Example&status=any", "?near=CV1&within_miles=50&status=any"),
}
"""Query strings to ask with; any other address is asked without."""

QUESTIONS: Mapping[str, Mapping[str, object]] = {
    "/v1/rules/registration-test": {},
    "/v1/rules/who-pays": {},
    "/v1/rules/safeguarding": {},
    "/v1/rules/attendance-code": {"where": "at-school"},
    "/v1/rules/clocks": {"clock": "working-days", "count": 1},
}
"""What is asked of the law."""

_ELSEWHERE = ("/sign-in/openid", "/sign-in/return")
"""Addresses that lead to another service."""


@dataclass(frozen=True)
class Answered:
    """What came back from an address: headers and body, in one piece."""

    address: str
    status: int
    text: str


async def fetch_all(
    client: httpx.AsyncClient, values: Mapping[str, Sequence[str]]
) -> list[Answered]:
    """Fetch every address there is, without credentials, and look providers up, and ask the law.

    Addresses that need somebody signed in are asked, too: a refusal is as public as an answer.

    Args:
        values: what stands for each placeholder of a path; `{today}` in query strings, too.
    """
    answered = []
    for method, path in sorted(ACCESS):
        if method != "GET" or path in _ELSEWHERE:
            continue
        answered += [await _fetch(client, address) for address in addresses(path, values)]
    looked_up = await client.post("/v1/providers/lookup", json={"numbers": list(values["number"])})
    answered.append(_answered("/v1/providers/lookup", looked_up))
    for path, question in QUESTIONS.items():
        answered.append(_answered(path, await client.post(path, json=question)))
    return answered


def addresses(path: str, values: Mapping[str, Sequence[str]]) -> list[str]:
    """Return every address to ask for a path template."""
    found = [path + form for form in FORMS.get(path, ("",))]
    for name in re.findall(r"{(\w+)}", "".join(found)):
        given = values.get(name, values["id"])
        if name == "number" and not path.startswith(("/v1/providers", "/providers", "/compare")):
            given = given[:1]
        found = [each.replace(f"{{{name}}}", one) for each in found for one in given]
    return sorted(set(found))


async def _fetch(client: httpx.AsyncClient, address: str) -> Answered:
    return _answered(address, await client.get(address))


def _answered(address: str, answer: httpx.Response) -> Answered:
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.multi_items())
    return Answered(address, answer.status_code, f"{headers}\n\n{answer.text}")


def markers_in(text: str) -> set[str]:
    """Return the markers in a text: as they are, in another case, or in another alphabet.

    Bytes may travel as hexadecimal, base64 or percent signs; the hallmark is looked for in each.
    """
    found = _plain(text)
    if "%" in text:
        found |= _plain(unquote_to_bytes(text).decode(errors="replace"))
    if HALLMARK.encode().hex() in text.lower():
        for run in re.findall(r"(?:[0-9a-fA-F]{2}){9,}", text):
            found |= _plain(bytes.fromhex(run).decode(errors="replace"))
    if any(part in text for part in _IN_BASE64):
        for run in re.findall(r"[A-Za-z0-9+/_-]{12,}", text):
            for lead in range(4):
                part = run[lead:].replace("-", "+").replace("_", "/")
                whole = part[: len(part) // 4 * 4]
                found |= _plain(base64.b64decode(whole).decode(errors="replace"))
    return found


def _plain(text: str) -> set[str]:
    return {each.lower() for each in re.findall(rf"{HALLMARK}\d\d\d", text, re.IGNORECASE)}


def _parts_in_base64() -> tuple[str, ...]:
    """Return what of the hallmark shows in base64 whatever stands before and after it."""
    return tuple(
        base64.b64encode(bytes(lead) + HALLMARK.encode()).decode()[
            -(-lead * 8 // 6) : (lead + len(HALLMARK)) * 8 // 6
        ]
        for lead in range(3)
    )


_IN_BASE64 = _parts_in_base64()
