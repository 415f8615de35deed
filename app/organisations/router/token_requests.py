"""What a machine sends to get a token, read strictly (RFC 6749 §2.3, §3.2, §4.4)."""

import base64
from typing import TypeAlias
from urllib.parse import parse_qsl, unquote_plus

from fastapi import Request

from app.organisations.errors import (
    ClientRefusedError,
    GrantNotTakenError,
    TokenRequestRefusedError,
)
from app.organisations.service.machine_tokens import TokenRequest

GRANT = "client_credentials"
FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 20

Fields: TypeAlias = dict[str, str]


async def read_form(request: Request) -> Fields:
    """Return the fields that were sent; none twice, empty ones left out (RFC 6749 §3.2).

    Raises:
        TokenRequestRefusedError: it is no form, is damaged, or says something twice.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise TokenRequestRefusedError(f"Send the body as {FORM}.")
    try:
        text = (await request.body()).decode("ascii")
        pairs = parse_qsl(
            text,
            keep_blank_values=True,
            strict_parsing=bool(text),
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise TokenRequestRefusedError(
            "The form cannot be read: it is damaged, not percent-encoded, or too long."
        ) from None
    if len({name for name, _ in pairs}) < len(pairs):
        raise TokenRequestRefusedError("A parameter was sent more than once; send each once.")
    return {name: value for name, value in pairs if value}


def read_request(request: Request, fields: Fields) -> TokenRequest:
    """Return what a machine asks for, and what it shows.

    Raises:
        TokenRequestRefusedError: no grant type, or credentials in two places.
        GrantNotTakenError: another grant type.
        ClientRefusedError: no credentials, or none that can be read.
    """
    grant = fields.get("grant_type")
    if grant is None:
        raise TokenRequestRefusedError(f"Send grant_type={GRANT}.")
    if grant != GRANT:
        raise GrantNotTakenError(f"Tokens are given for grant_type={GRANT} alone.")
    client_id, secret = fields.get("client_id"), fields.get("client_secret")
    sent = request.headers.getlist("authorization")
    if sent:
        by_header = _read_basic(sent)
        if secret is not None or client_id not in {None, by_header[0]}:
            raise TokenRequestRefusedError(
                "The client is named twice. Send its credentials either in the header "
                "Authorization or in the body, not in both (RFC 6749 section 2.3)."
            )
        client_id, secret = by_header
    if client_id is None or secret is None:
        raise ClientRefusedError(
            "Send client_id and client_secret, in the header Authorization (Basic) or in the body."
        )
    return TokenRequest(client_id, secret, fields.get("scope"))


def _read_basic(sent: list[str]) -> tuple[str, str]:
    """Return client id and secret; both were form-encoded before (RFC 6749 §2.3.1).

    Raises:
        TokenRequestRefusedError: there are two such headers.
        ClientRefusedError: it is another scheme, or cannot be read.
    """
    if len(sent) > 1:
        raise TokenRequestRefusedError("The header Authorization was sent twice; send it once.")
    scheme, _, encoded = sent[0].partition(" ")
    try:
        pair = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
        client_id, colon, secret = (
            unquote_plus(part, errors="strict") for part in pair.partition(":")
        )
    except ValueError:
        scheme = colon = client_id = secret = ""
    if scheme.lower() != "basic" or not colon:
        raise ClientRefusedError(
            "The header Authorization cannot be read. Send Basic and the base64 of "
            "client_id:client_secret, each form-encoded first."
        )
    return client_id, secret
