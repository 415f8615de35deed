from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey
from structlog.testing import capture_logs

from app import clock
from app.organisations.errors import SignInUnavailableError
from app.organisations.openid_provider import (
    ASKED_AGAIN_AFTER,
    KEYS_KEPT,
    LEFT_ALONE_FOR,
    METADATA_KEPT,
    MOST_BYTES,
    OpenIdProvider,
    ask,
)
from tests.openid.issuer import Issuer, new_key, public

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
DISCOVERY = "/.well-known/openid-configuration"


@pytest.fixture
async def provider(issuer: Issuer) -> AsyncIterator[OpenIdProvider]:
    with clock.at(NOW):
        yield OpenIdProvider(issuer.address, plain_on_loopback=True)


async def trouble_of(provider: OpenIdProvider) -> str:
    """Return why a provider is not taken."""
    with capture_logs() as logs, pytest.raises(SignInUnavailableError):
        await provider.metadata()
    return str(logs[-1]["reason"])


class TestMetadata:
    async def test_is_asked_for_once_and_kept_for_a_while(
        self, issuer: Issuer, provider: OpenIdProvider
    ) -> None:
        first = await provider.metadata()
        with clock.at(NOW + METADATA_KEPT - timedelta(seconds=1)):
            assert await provider.metadata() == first

        assert issuer.asked == [DISCOVERY]
        assert first.token_endpoint == f"{issuer.address}/token"

    async def test_is_asked_for_again_when_it_is_old(
        self, issuer: Issuer, provider: OpenIdProvider
    ) -> None:
        await provider.metadata()
        issuer.metadata = {"token_endpoint": f"{issuer.address}/another"}
        with clock.at(NOW + METADATA_KEPT):
            later = await provider.metadata()

        assert later.token_endpoint == f"{issuer.address}/another"

    async def test_what_it_need_not_have_may_be_missing(
        self, issuer: Issuer, provider: OpenIdProvider
    ) -> None:
        issuer.metadata = {
            "userinfo_endpoint": None,
            "end_session_endpoint": None,
            "authorization_response_iss_parameter_supported": None,
        }

        found = await provider.metadata()

        assert (found.userinfo_endpoint, found.end_session_endpoint) == (None, None)
        assert not found.names_itself

    @pytest.mark.parametrize("issued", ["https://elsewhere.test", None, 7])
    async def test_a_document_of_another_issuer_is_refused(
        self, issuer: Issuer, provider: OpenIdProvider, issued: Any
    ) -> None:
        issuer.metadata = {"issuer": issued}

        assert await trouble_of(provider) == "issuer-differs"

    @pytest.mark.parametrize(
        "address",
        [
            None,
            7,
            "",
            "http://elsewhere.test/token",
            "ftp://127.0.0.1/",
            "//x",
            "http://[",
            "https:///x",
        ],
    )
    async def test_an_address_where_others_could_listen_is_refused(
        self, issuer: Issuer, provider: OpenIdProvider, address: Any
    ) -> None:
        issuer.metadata = {"token_endpoint": address}

        assert await trouble_of(provider) == "metadata"

    async def test_in_production_even_this_machine_is_asked_by_https_alone(
        self, issuer: Issuer
    ) -> None:
        provider = OpenIdProvider(issuer.address, plain_on_loopback=False)

        assert await trouble_of(provider) == "address"
        assert issuer.asked == []

    @pytest.mark.parametrize("status", [404, 500, 302])
    async def test_no_other_answer_is_taken_and_no_redirect_followed(
        self, issuer: Issuer, provider: OpenIdProvider, status: int
    ) -> None:
        issuer.status = status

        assert await trouble_of(provider) == "status"
        assert len(issuer.asked) == 1

    @pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"[" * 5000, b"\xff"])
    async def test_what_is_no_document_is_refused(
        self, issuer: Issuer, provider: OpenIdProvider, body: bytes
    ) -> None:
        issuer.body = body

        assert await trouble_of(provider) == "issuer-differs"

    async def test_an_answer_without_end_is_not_read(
        self, issuer: Issuer, provider: OpenIdProvider
    ) -> None:
        issuer.body = b"x" * (MOST_BYTES + 1)

        assert await trouble_of(provider) == "too-long"

    async def test_one_that_does_not_answer_is_left_alone_for_a_while(self) -> None:
        nobody = OpenIdProvider("http://127.0.0.1:9", plain_on_loopback=True)
        with clock.at(NOW):
            assert await trouble_of(nobody) == "no-answer"
            assert await trouble_of(nobody) == "left-alone"
        with clock.at(NOW + LEFT_ALONE_FOR):
            assert await trouble_of(nobody) == "no-answer"

    async def test_lately_is_nothing_where_it_does_not_answer(
        self, issuer: Issuer, provider: OpenIdProvider
    ) -> None:
        issuer.status = 500

        assert await provider.lately() is None


class TestKey:
    async def test_a_published_key_is_found_and_kept(
        self, issuer: Issuer, provider: OpenIdProvider
    ) -> None:
        found = await provider.key("key-1")
        again = await provider.key("key-1")

        assert found is again
        assert found is not None
        assert not found.is_private
        assert issuer.asked == [DISCOVERY, "/keys"]

    async def test_a_new_key_is_fetched_when_a_token_names_it(
        self, issuer: Issuer, provider: OpenIdProvider
    ) -> None:
        await provider.key("key-1")
        issuer.published.append(public(new_key("key-2")))
        with clock.at(NOW + ASKED_AGAIN_AFTER):
            assert await provider.key("key-2") is not None

    async def test_strangers_cannot_make_us_ask_without_end(
        self, issuer: Issuer, provider: OpenIdProvider
    ) -> None:
        for number in range(20):
            assert await provider.key(f"made-up-{number}") is None

        assert issuer.asked.count("/keys") == 1

    async def test_a_key_that_was_withdrawn_is_soon_of_no_use(
        self, issuer: Issuer, provider: OpenIdProvider
    ) -> None:
        await provider.key("key-1")
        issuer.published = [public(new_key("key-2"))]
        with clock.at(NOW + KEYS_KEPT - timedelta(seconds=1)):
            assert await provider.key("key-1") is not None
        with clock.at(NOW + KEYS_KEPT):
            assert await provider.key("key-1") is None

    async def test_known_keys_are_good_while_the_provider_is_away(
        self, issuer: Issuer, provider: OpenIdProvider
    ) -> None:
        await provider.key("key-1")
        issuer.status = 500
        with clock.at(NOW + ASKED_AGAIN_AFTER):
            with pytest.raises(SignInUnavailableError):
                await provider.key("key-2")
            assert await provider.key("key-1") is not None

    @pytest.mark.parametrize(
        "odd",
        [
            {"kty": "oct", "k": "c2VjcmV0"},
            {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
            {"kty": "RSA", "e": "AQAB"},
            {"kty": "RSA", "n": 7, "e": "AQAB"},
            {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
            {"kty": "OKP", "crv": "Ed25519", "x": "AA"},
            {**public(ECKey.generate_key("P-256")), "use": "enc"},
            {},
        ],
    )
    async def test_a_key_that_may_not_sign_is_passed_over(
        self, issuer: Issuer, provider: OpenIdProvider, odd: dict[str, Any]
    ) -> None:
        issuer.published.insert(0, {**odd, "kid": "odd"})

        assert await provider.key("odd") is None
        assert await provider.key("key-1") is not None

    async def test_a_shared_secret_is_never_a_key(self, issuer: Issuer) -> None:
        secret = OctKey.generate_key(256, {"kid": "key-1"})
        issuer.published = [{**secret.as_dict(), "use": "sig"}]
        provider = OpenIdProvider(issuer.address, plain_on_loopback=True)

        assert await provider.key("key-1") is None

    @pytest.mark.parametrize("listed", [["x"], [{"kid": None}], []])
    async def test_a_list_of_other_things_holds_no_key(
        self, issuer: Issuer, provider: OpenIdProvider, listed: Any
    ) -> None:
        issuer.published = listed

        assert await provider.key("key-1") is None

    async def test_what_is_no_list_of_keys_is_refused(
        self, issuer: Issuer, provider: OpenIdProvider
    ) -> None:
        issuer.metadata = {"jwks_uri": f"{issuer.address}/userinfo"}

        with capture_logs() as logs, pytest.raises(SignInUnavailableError):
            await provider.key("key-1")

        assert logs[-1]["reason"] == "keys"


class TestAsk:
    async def test_returns_status_and_answer(self, issuer: Issuer) -> None:
        answer = await ask("GET", f"{issuer.address}/keys")

        assert (answer.status, list(answer.told)) == (200, ["keys"])

    async def test_an_address_that_is_none_is_no_answer(self) -> None:
        with capture_logs() as logs, pytest.raises(SignInUnavailableError):
            await ask("GET", "http://127.0.0.1:port/")

        assert logs[-1]["reason"] == "no-answer"
