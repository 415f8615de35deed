import base64
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from app import clock
from app.config import Settings
from app.organisations.errors import SignInRefusedError, SignInUnavailableError
from app.organisations.openid import (
    Visit,
    authorization_address,
    bearer_of,
    check_sender,
    declined,
    end_session_address,
    oldest_sign_in,
    redeem,
)
from app.organisations.openid_provider import OpenIdProvider
from app.organisations.openid_tokens import BadTokenError
from tests.openid.issuer import AUDIENCE, CLIENT_ID, CLIENT_SECRET, Issuer, new_key, stamp

SETTINGS = Settings(
    public_url="https://register.test",
    openid_issuer="https://id.test",
    openid_client_id=CLIENT_ID,
    openid_client_secret=SecretStr(CLIENT_SECRET),
)


def visit(*, again: bool = False) -> Visit:
    return Visit("a-state", "a-nonce", "v" * 43, clock.now(), again=again)


def provider_at(issuer: Issuer) -> OpenIdProvider:
    return OpenIdProvider(issuer.address, plain_on_loopback=True)


async def refusal_of(issuer: Issuer, one: Visit | None = None, code: str = "a-code") -> str:
    """Return why a code is refused."""
    with capture_logs() as logs, pytest.raises(SignInRefusedError) as caught:
        await redeem(provider_at(issuer), SETTINGS, one or visit(), code)
    assert "a-code" not in str(logs)
    assert "token" not in caught.value.detail
    return str(logs[-1]["reason"])


class TestAuthorizationAddress:
    async def test_asks_for_a_code_that_only_this_visit_can_redeem(self, issuer: Issuer) -> None:
        metadata = await provider_at(issuer).metadata()

        address = authorization_address(metadata, SETTINGS, visit())

        asked = {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{issuer.address}/authorize?")
        assert asked == {
            "response_type": "code",
            "client_id": CLIENT_ID,
            "redirect_uri": "https://register.test/sign-in/return",
            "scope": "openid profile email organisation",
            "state": "a-state",
            "nonce": "a-nonce",
            # RFC 7636 §4.2, worked out apart from the code under test
            "code_challenge": "7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM",
            "code_challenge_method": "S256",
            "max_age": "28800",
        }

    async def test_again_means_that_no_earlier_sign_in_will_do(self, issuer: Issuer) -> None:
        metadata = await provider_at(issuer).metadata()

        address = authorization_address(metadata, SETTINGS, visit(again=True))

        asked = parse_qs(urlsplit(address).query)
        assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])

    async def test_an_address_with_a_query_of_its_own_keeps_it(self, issuer: Issuer) -> None:
        issuer.metadata = {"authorization_endpoint": f"{issuer.address}/authorize?tenant=1"}
        metadata = await provider_at(issuer).metadata()

        address = authorization_address(metadata, SETTINGS, visit())

        assert address.startswith(f"{issuer.address}/authorize?tenant=1&response_type=code")


class TestEndSessionAddress:
    async def test_leads_back_to_us(self, issuer: Issuer) -> None:
        address = end_session_address(await provider_at(issuer).metadata(), SETTINGS, "a.b.c")

        assert address is not None
        assert parse_qs(urlsplit(address).query) == {
            "id_token_hint": ["a.b.c"],
            "post_logout_redirect_uri": ["https://register.test/signed-out"],
        }

    async def test_not_every_provider_has_one(self, issuer: Issuer) -> None:
        issuer.metadata = {"end_session_endpoint": None}

        assert end_session_address(await provider_at(issuer).metadata(), SETTINGS, "a.b.c") is None


class TestCheckSender:
    async def test_the_one_we_asked_may_answer(self, issuer: Issuer) -> None:
        check_sender(await provider_at(issuer).metadata(), issuer.address, issuer.address)

    @pytest.mark.parametrize("said", [None, "", "https://elsewhere.test"])
    async def test_no_other_may(self, issuer: Issuer, said: str | None) -> None:
        metadata = await provider_at(issuer).metadata()

        with pytest.raises(SignInRefusedError):
            check_sender(metadata, issuer.address, said)

    async def test_one_that_never_says_need_not_say(self, issuer: Issuer) -> None:
        issuer.metadata = {"authorization_response_iss_parameter_supported": False}
        metadata = await provider_at(issuer).metadata()

        check_sender(metadata, issuer.address, None)
        with pytest.raises(SignInRefusedError):
            check_sender(metadata, issuer.address, "https://elsewhere.test")


class TestRedeem:
    async def test_a_code_becomes_who_somebody_is(self, issuer: Issuer) -> None:
        issuer.give("a-code", issuer.id_token("a-nonce", organisation={"id": "x", "urn": 900001}))

        found = await redeem(provider_at(issuer), SETTINGS, visit(), "a-code")

        assert (found.issuer, found.subject) == (issuer.address, "somebody")
        assert found.organisation == (("urn", "900001"),)
        assert found.authenticated_at is not None

    async def test_our_secret_is_encoded_before_it_is_shown(self, issuer: Issuer) -> None:
        issuer.give("a-code", issuer.id_token("a-nonce"))

        await redeem(provider_at(issuer), SETTINGS, visit(), "a-code")

        shown = base64.b64decode(issuer.sent["authorization"].removeprefix("Basic ")).decode()
        assert [unquote_plus(part) for part in shown.split(":")] == [CLIENT_ID, CLIENT_SECRET]
        assert issuer.sent["code_verifier"] == "v" * 43
        assert issuer.sent["redirect_uri"] == "https://register.test/sign-in/return"

    async def test_what_the_id_token_does_not_say_is_asked_for(self, issuer: Issuer) -> None:
        issuer.give("a-code", issuer.id_token("a-nonce", organisation=None))
        issuer.userinfo = {"sub": "somebody", "organisation": {"id": "x", "urn": "900001"}}

        found = await redeem(provider_at(issuer), SETTINGS, visit(), "a-code")

        assert found.organisation == (("urn", "900001"),)

    async def test_nothing_is_asked_for_that_was_not_in_the_scopes(self, issuer: Issuer) -> None:
        issuer.give("a-code", issuer.id_token("a-nonce", organisation=None))
        settings = SETTINGS.model_copy(update={"openid_scopes": "openid"})

        found = await redeem(provider_at(issuer), settings, visit(), "a-code")

        assert found.organisation is None
        assert "/userinfo" not in issuer.asked

    async def test_a_provider_without_more_to_say_is_not_asked(self, issuer: Issuer) -> None:
        issuer.metadata = {"userinfo_endpoint": None}
        issuer.give("a-code", issuer.id_token("a-nonce", organisation=None))

        found = await redeem(provider_at(issuer), SETTINGS, visit(), "a-code")

        assert found.organisation is None

    async def test_what_is_said_of_somebody_else_is_refused(self, issuer: Issuer) -> None:
        issuer.give("a-code", issuer.id_token("a-nonce", organisation=None))
        issuer.userinfo = {"sub": "another", "organisation": {"id": "x", "urn": "900001"}}

        assert await refusal_of(issuer) == "userinfo-subject"

    async def test_a_code_that_is_not_good_is_refused(self, issuer: Issuer) -> None:
        assert await refusal_of(issuer) == "code"

    @pytest.mark.parametrize("told", [{}, {"id_token": None}, {"id_token": 7}])
    async def test_an_answer_without_an_id_token_is_refused(
        self, issuer: Issuer, told: dict[str, Any]
    ) -> None:
        issuer.tokens["a-code"] = (200, told)

        assert await refusal_of(issuer) == "no-id-token"

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"iss": "https://elsewhere.test"}, "issuer"),
            ({"aud": "another"}, "audience"),
            ({"azp": "another"}, "authorised-party"),
            ({"nonce": "another"}, "nonce"),
            ({"sub": None}, "subject"),
            ({"exp": 1}, "expired"),
            ({"nbf": 2**33}, "not-yet"),
            ({"auth_time": "now"}, "claims"),
        ],
    )
    async def test_an_id_token_that_is_not_good_is_refused(
        self, issuer: Issuer, changes: dict[str, Any], reason: str
    ) -> None:
        issuer.give("a-code", issuer.id_token("a-nonce", **changes))

        assert await refusal_of(issuer) == f"id-token-{reason}"

    async def test_an_id_token_that_another_key_has_signed_is_refused(self, issuer: Issuer) -> None:
        claims = issuer.claims(CLIENT_ID, "somebody") | {"nonce": "a-nonce"}
        issuer.give("a-code", issuer.sign(claims, key=new_key("key-1")))

        assert await refusal_of(issuer) == "id-token-signature"

    async def test_an_id_token_under_an_unknown_key_is_refused(self, issuer: Issuer) -> None:
        claims = issuer.claims(CLIENT_ID, "somebody") | {"nonce": "a-nonce"}
        issuer.give("a-code", issuer.sign(claims, {"kid": "another"}))

        assert await refusal_of(issuer) == "id-token-key"

    @pytest.mark.parametrize("ago", [None, timedelta(minutes=5)])
    async def test_an_old_sign_in_does_not_show_it_again(
        self, issuer: Issuer, ago: timedelta | None
    ) -> None:
        shown = stamp(clock.now() - ago) if ago else None
        issuer.give("a-code", issuer.id_token("a-nonce", auth_time=shown))

        assert await refusal_of(issuer, visit(again=True)) == "id-token-not-fresh"

    async def test_a_fresh_sign_in_does(self, issuer: Issuer) -> None:
        issuer.give("a-code", issuer.id_token("a-nonce"))

        found = await redeem(provider_at(issuer), SETTINGS, visit(again=True), "a-code")

        assert found.subject == "somebody"

    @pytest.mark.parametrize(
        "answer", [(401, {"error": "invalid_client"}), (500, {}), (302, {}), (400, {})]
    )
    async def test_a_refusal_of_us_is_not_blamed_on_the_person(
        self, issuer: Issuer, answer: tuple[int, dict[str, Any]]
    ) -> None:
        issuer.tokens["a-code"] = answer

        with capture_logs() as logs, pytest.raises(SignInUnavailableError):
            await redeem(provider_at(issuer), SETTINGS, visit(), "a-code")

        assert logs[-1]["reason"] == "token-endpoint"


class TestBearerOf:
    async def test_returns_whose_it_is_and_when_they_showed_it(self, issuer: Issuer) -> None:
        bearer = await bearer_of(provider_at(issuer), AUDIENCE, issuer.access_token())

        assert (bearer.issuer, bearer.subject) == (issuer.address, "somebody")
        assert bearer.authenticated_at is not None

    async def test_none_is_taken_until_it_is_said_for_whom(self, issuer: Issuer) -> None:
        with pytest.raises(BadTokenError, match="none-taken"):
            await bearer_of(provider_at(issuer), None, issuer.access_token())
        with pytest.raises(BadTokenError, match="none-taken"):
            await bearer_of(None, AUDIENCE, issuer.access_token())

    async def test_another_issuers_is_refused_before_any_key_is_looked_for(
        self, issuer: Issuer
    ) -> None:
        with pytest.raises(BadTokenError, match="issuer"):
            await bearer_of(
                provider_at(issuer), AUDIENCE, issuer.access_token(iss="https://elsewhere.test")
            )

        assert issuer.asked == []


class TestDeclined:
    @pytest.mark.parametrize(
        ("error", "logged"), [("access_denied", "access_denied"), ("<b>", "unreadable")]
    )
    def test_only_a_code_of_the_protocol_reaches_the_log(self, error: str, logged: str) -> None:
        with capture_logs() as logs:
            refusal = declined(error)

        assert logs[-1]["reason"] == logged
        assert error not in refusal.detail


def test_the_oldest_sign_in_is_as_old_as_a_session_may_be() -> None:
    assert oldest_sign_in(SETTINGS) == timedelta(hours=SETTINGS.session_hours)
