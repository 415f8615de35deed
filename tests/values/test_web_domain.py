import pytest

from app.values.web_domain import host_of, own_domain


@pytest.mark.parametrize(
    "text",
    [
        "kestrel.example",
        "https://www.kestrel.example/about?x=1",
        "http://KESTREL.example:8080",
        "www.kestrel.example.",
        "hello@kestrel.example",
        " Hello@WWW.Kestrel.example ",
    ],
)
def test_a_host_is_found_however_it_is_written(text: str) -> None:
    assert host_of(text) == own_domain(text) == "kestrel.example"


@pytest.mark.parametrize("text", ["", "none", "n/a", "http://[", "hello@", "a b.example", "-.uk"])
def test_where_there_is_no_host_there_is_none(text: str) -> None:
    assert host_of(text) is None
    assert own_domain(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "a@gmail.com",
        "a@outlook.com",
        "https://www.facebook.com/kestrel",
        "https://en-gb.facebook.com/kestrel",
        "a@mock.gov.uk",
        "a@lea.mock.sch.uk",
        "a@nhs.net",
        "wordpress.com",
    ],
)
def test_a_host_that_many_unconnected_people_use_is_nobodys_own(text: str) -> None:
    assert host_of(text)
    assert own_domain(text) is None


def test_a_page_by_name_at_a_builder_of_pages_is_ones_own() -> None:
    assert own_domain("https://kestrel.wordpress.com/") == "kestrel.wordpress.com"
    assert own_domain("kestrel.wixsite.com/home") == "kestrel.wixsite.com"
