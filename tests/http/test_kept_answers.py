from prometheus_client import CollectorRegistry

from app.http.kept_answers import AnswerCache, Kept, Key, canonical_query
from tests.http.support import scope_of


def cache_of(most_bytes: int) -> AnswerCache:
    made = AnswerCache(most_bytes, CollectorRegistry())
    made.serve(("/v1/things", "/v1/things/"))
    return made


def kept(size: int, body: bytes | None = b"x") -> Kept:
    return Kept('"a"', "/v1/things", [], [], body, size)


def key(name: str) -> Key:
    return ("/v1/things", name)


def test_it_never_holds_more_bytes_than_it_may_and_drops_what_was_not_asked_for() -> None:
    cache = cache_of(1_600)
    for number in range(40):
        cache.keep(1, key(str(number)), kept(100))
        cache.find(1, key("0"))

    assert cache.bytes == 1_600
    assert cache.find(1, key("0")) is not None
    assert cache.find(1, key("24")) is None
    assert cache.find(1, key("39")) is not None


def test_what_is_too_large_or_nothing_is_not_kept() -> None:
    cache = cache_of(1_600)
    cache.keep(1, key("large"), kept(101))
    cache.keep(1, key("none"), None)

    assert cache.bytes == 0


def test_another_version_drops_what_was_kept_and_it_never_comes_back() -> None:
    cache = cache_of(1_600)
    cache.keep(1, key("a"), kept(100))
    assert cache.find(2, key("a")) is None
    cache.keep(2, key("b"), kept(50))

    assert cache.bytes == 50
    cache.keep(1, key("c"), kept(50))
    assert cache.find(1, key("a")) is None


def test_a_tag_alone_never_takes_the_place_of_an_answer() -> None:
    cache = cache_of(1_600)
    cache.keep(1, key("a"), kept(80))
    cache.keep(1, key("a"), kept(30, body=None))

    found = cache.find(1, key("a"))
    assert found is not None
    assert (found.body, cache.bytes) == (b"x", 80)


def test_the_order_of_names_does_not_matter_and_that_of_one_names_values_does() -> None:
    assert canonical_query(b"a=1&b=2") == canonical_query(b"b=2&a=1")
    assert canonical_query(b"q=a+b") == canonical_query(b"q=a%20b")
    assert canonical_query(b"a=1&a=2") != canonical_query(b"a=2&a=1")
    assert canonical_query(b"q=") != canonical_query(b"")
    assert canonical_query(b"q=1&a=2") != canonical_query(b"q=1%26a%3D2")


def test_what_is_private_has_a_body_or_lies_elsewhere_has_no_key() -> None:
    cache = cache_of(1_600)

    assert cache.key_of(scope_of("/v1/things/7")) == ("/v1/things/7", "")
    for name in (b"cookie", b"authorization", b"content-length", b"transfer-encoding"):
        assert cache.key_of(scope_of("/v1/things/7", headers={name: b""})) is None
    for path in ("/v1/thing", "/v1/thingsx", "/v1/other"):
        assert cache.key_of(scope_of(path)) is None
    assert cache.key_of(scope_of("/v1/things", query=b"q=" + b"a" * 2_000)) is None
