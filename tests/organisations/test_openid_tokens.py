import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from app.organisations.openid_tokens import (
    LEEWAY,
    LONGEST,
    BadTokenError,
    check_access_token,
    check_id_token,
    check_signature,
    key_named_by,
    moment_of,
    peek,
)
from tests.openid.issuer import new_key, signed_with_secret, stamp

ISSUER, CLIENT, AUDIENCE, NONCE = "https://id.test", "register", "https://api.test", "once"
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
KEY = new_key("key-1")
EC_KEY = ECKey.generate_key("P-256", {"kid": "key-2"})


def id_claims(**changes: Any) -> dict[str, Any]:
    """Return the claims of a good ID token; `None` leaves one out."""
    claims = {
        "iss": ISSUER,
        "aud": CLIENT,
        "sub": "somebody",
        "iat": stamp(NOW),
        "exp": stamp(NOW + timedelta(minutes=5)),
        "nonce": NONCE,
    }
    return {name: value for name, value in (claims | changes).items() if value is not None}


def access_claims(**changes: Any) -> dict[str, Any]:
    """Return the claims of a good access token; `None` leaves one out."""
    return id_claims(**({"aud": AUDIENCE, "client_id": "app", "jti": "1"} | changes))


def check_id(claims: dict[str, Any], header: dict[str, Any] | None = None) -> None:
    check_id_token(header or {}, claims, issuer=ISSUER, client_id=CLIENT, nonce=NONCE, moment=NOW)


def check_access(claims: dict[str, Any], header: dict[str, Any] | None = None) -> None:
    given = {"typ": "at+jwt"} if header is None else header
    check_access_token(given, claims, issuer=ISSUER, audience=AUDIENCE, moment=NOW)


def signed(header: dict[str, Any], key: Any = KEY) -> str:
    return jwt.encode(header, id_claims(), key, algorithms=[header["alg"]])


def part(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class TestPeek:
    def test_reads_what_a_token_says_of_itself(self) -> None:
        read = peek(signed({"alg": "RS256", "kid": "key-1"}))

        assert (read.header["kid"], read.claims["sub"]) == ("key-1", "somebody")

    @pytest.mark.parametrize(
        "token",
        [
            "",
            "opaque",
            "a.b",
            "a.b.c.d.e",
            "..",
            f"{part({})}.{part({})}.",
            f"{part([])}.{part({})}.x",
            f"{part({})}.{part('text')}.x",
            f"{part(b'not json')}.{part({})}.x",
            f"{part({})}.{part(b'[' * 5000)}.x",
            f"{part({})}.é.x",
        ],
    )
    def test_what_is_no_signed_token_is_refused(self, token: str) -> None:
        with pytest.raises(BadTokenError, match="form"):
            peek(token)

    def test_a_token_of_great_length_is_not_read(self) -> None:
        with pytest.raises(BadTokenError, match="length"):
            peek("a" * (LONGEST + 1))


class TestKeyNamedBy:
    @pytest.mark.parametrize(
        "algorithm", ["none", "None", "HS256", "HS512", "RS1", "EdDSA", "", None, ["RS256"], 256]
    )
    def test_an_algorithm_that_is_not_ours_is_refused(self, algorithm: Any) -> None:
        with pytest.raises(BadTokenError, match="algorithm"):
            key_named_by({"alg": algorithm, "kid": "key-1"})

    @pytest.mark.parametrize("kid", [None, "", 1, ["key-1"]])
    def test_a_token_that_names_no_key_is_refused(self, kid: Any) -> None:
        with pytest.raises(BadTokenError, match="key"):
            key_named_by({"alg": "RS256", "kid": kid})

    @pytest.mark.parametrize("more", [{"crit": ["exp"]}, {"crit": ["b64"], "b64": False}])
    def test_a_header_that_makes_demands_is_refused(self, more: dict[str, Any]) -> None:
        with pytest.raises(BadTokenError, match="critical-header"):
            key_named_by({"alg": "RS256", "kid": "key-1", **more})


class TestCheckSignature:
    @pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
    def test_what_the_key_has_signed_is_believed(self, algorithm: str) -> None:
        claims = check_signature(signed({"alg": algorithm, "kid": "key-1"}), KEY)

        assert claims["sub"] == "somebody"

    def test_what_a_curve_has_signed_is_believed(self) -> None:
        assert check_signature(signed({"alg": "ES256", "kid": "key-2"}, EC_KEY), EC_KEY)

    def test_what_another_key_has_signed_is_refused(self) -> None:
        with pytest.raises(BadTokenError, match="signature"):
            check_signature(signed({"alg": "RS256", "kid": "key-1"}, new_key("key-1")), KEY)

    def test_what_was_changed_after_signing_is_refused(self) -> None:
        header, _, signature = signed({"alg": "RS256", "kid": "key-1"}).split(".")

        with pytest.raises(BadTokenError, match="signature"):
            check_signature(f"{header}.{part(id_claims(sub='another'))}.{signature}", KEY)

    def test_the_algorithm_of_another_kind_of_key_is_refused(self) -> None:
        with pytest.raises(BadTokenError, match="signature"):
            check_signature(signed({"alg": "RS256", "kid": "key-1"}), EC_KEY)

    def test_a_public_key_used_as_a_shared_secret_is_refused(self) -> None:
        header = {"alg": "HS256", "kid": "key-1"}
        token = signed_with_secret(header, id_claims(), KEY.as_pem(private=False))

        with pytest.raises(BadTokenError, match="signature"):
            check_signature(token, KEY)


ORIGIN = [
    ({"iss": "https://elsewhere.test"}, "issuer"),
    ({"iss": ISSUER + "/"}, "issuer"),
    ({"iss": None}, "issuer"),
    ({"iss": [ISSUER]}, "issuer"),
    ({"aud": "another"}, "audience"),
    ({"aud": ["another"]}, "audience"),
    ({"aud": None}, "audience"),
    ({"aud": []}, "audience"),
    ({"aud": {CLIENT: 1, AUDIENCE: 1}}, "audience"),
    ({"sub": None}, "subject"),
    ({"sub": ""}, "subject"),
    ({"sub": 7}, "subject"),
    ({"sub": "x" * 256}, "subject"),
    ({"exp": None}, "claims"),
    ({"exp": "tomorrow"}, "claims"),
    ({"exp": True}, "claims"),
    ({"exp": 1e300}, "claims"),
    ({"iat": None}, "claims"),
    ({"iat": [1]}, "claims"),
    ({"exp": stamp(NOW - LEEWAY)}, "expired"),
    ({"iat": stamp(NOW + LEEWAY) + 1}, "not-yet"),
    ({"nbf": stamp(NOW + LEEWAY) + 1}, "not-yet"),
    ({"nbf": "soon"}, "claims"),
]


class TestCheckIdToken:
    def test_a_good_one_is_taken(self) -> None:
        check_id(id_claims())
        check_id(id_claims(), {"typ": "JWT"})
        check_id(id_claims(aud=[CLIENT], azp=CLIENT))
        check_id(id_claims(aud=[CLIENT, "another"], azp=CLIENT))

    def test_clocks_may_differ_a_little(self) -> None:
        check_id(id_claims(exp=stamp(NOW - LEEWAY) + 1))
        check_id(id_claims(iat=stamp(NOW + LEEWAY), nbf=stamp(NOW + LEEWAY)))

    @pytest.mark.parametrize(("changes", "reason"), ORIGIN)
    def test_one_of_another_origin_is_refused(self, changes: dict[str, Any], reason: str) -> None:
        with pytest.raises(BadTokenError, match=f"^{reason}$"):
            check_id(id_claims(**changes))

    @pytest.mark.parametrize(
        "changes", [{"azp": "another"}, {"aud": [CLIENT, "another"]}, {"azp": ""}]
    )
    def test_one_made_for_somebody_else_is_refused(self, changes: dict[str, Any]) -> None:
        with pytest.raises(BadTokenError, match="authorised-party"):
            check_id(id_claims(**changes))

    @pytest.mark.parametrize("nonce", ["another", "", None, [NONCE]])
    def test_one_that_answers_another_visit_is_refused(self, nonce: Any) -> None:
        with pytest.raises(BadTokenError, match="nonce"):
            check_id(id_claims(nonce=nonce))

    @pytest.mark.parametrize("typ", ["at+jwt", "logout+jwt", None, ["JWT"], {}])
    def test_another_kind_of_token_is_refused(self, typ: Any) -> None:
        with pytest.raises(BadTokenError, match="type"):
            check_id(id_claims(), {"typ": typ})


class TestCheckAccessToken:
    @pytest.mark.parametrize("typ", ["at+jwt", "application/at+jwt", "AT+JWT"])
    def test_a_good_one_is_taken(self, typ: str) -> None:
        check_access(access_claims(), {"typ": typ})
        check_access(access_claims(aud=[AUDIENCE, "another"]), {"typ": typ})

    @pytest.mark.parametrize(("changes", "reason"), ORIGIN)
    def test_one_of_another_origin_is_refused(self, changes: dict[str, Any], reason: str) -> None:
        with pytest.raises(BadTokenError, match=f"^{reason}$"):
            check_access(access_claims(**changes))

    @pytest.mark.parametrize("header", [{}, {"typ": "JWT"}, {"typ": None}, {"typ": ["at+jwt"]}])
    def test_another_kind_of_token_is_refused(self, header: dict[str, Any]) -> None:
        with pytest.raises(BadTokenError, match="type"):
            check_access(access_claims(), header)

    @pytest.mark.parametrize("changes", [{"client_id": None}, {"jti": None}, {"client_id": 7}])
    def test_one_without_what_each_must_have_is_refused(self, changes: dict[str, Any]) -> None:
        with pytest.raises(BadTokenError, match="claims"):
            check_access(access_claims(**changes))

    def test_an_applications_own_token_is_no_persons(self) -> None:
        with pytest.raises(BadTokenError, match="subject"):
            check_access(access_claims(sub="app", client_id="app"))


class TestMomentOf:
    def test_a_moment_is_read(self) -> None:
        assert moment_of({"auth_time": stamp(NOW)}, "auth_time") == NOW

    def test_what_is_not_said_is_not_made_up(self) -> None:
        assert moment_of({}, "auth_time") is None

    @pytest.mark.parametrize("value", ["1", True, [1], 1e300, float("nan")])
    def test_what_is_no_moment_is_refused(self, value: Any) -> None:
        with pytest.raises(BadTokenError, match="claims"):
            moment_of({"auth_time": value}, "auth_time")
