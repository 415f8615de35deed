from urllib.parse import parse_qs, urlsplit

from app.pages.public.search_form import SearchForm, read_cursor, read_search_form
from app.register.schemas.records import PublicStatus
from app.register.schemas.search import SearchQuery


class TestReadSearchForm:
    def test_an_empty_field_was_not_asked_for(self) -> None:
        form = read_search_form({"q": "", "near": " ", "la": "", "age": "", "within_miles": "10"})

        assert form.is_empty
        assert form.parameters() == {}

    def test_needless_spaces_go(self) -> None:
        assert read_search_form({"q": "  old   forge "}).q == "old forge"

    def test_a_distance_without_a_postcode_is_dropped(self) -> None:
        assert read_search_form({"q": "forge", "within_miles": "5"}).within_miles == ""

    def test_a_postcode_without_a_distance_is_searched_within_ten_miles(self) -> None:
        assert read_search_form({"near": "LS1"}).within_miles == "10"

    def test_what_the_page_does_not_know_is_left_alone(self) -> None:
        assert read_search_form({"campaign": "x"}).is_empty


class TestParameters:
    def test_a_full_form_is_a_search_that_the_register_takes(self) -> None:
        form = SearchForm("forge", "LS1 4DY", "5", "383", "14", ("SEMH",), "listed")

        query = SearchQuery.model_validate(form.parameters())

        assert (query.q, query.near, query.within_miles) == ("forge", "LS1 4DY", 5.0)
        assert (query.la, query.age) == ("383", 14)
        assert (query.need, query.status) == (("SEMH",), (PublicStatus.LISTED,))

    def test_any_status_asks_for_each_of_them(self) -> None:
        query = SearchQuery.model_validate(SearchForm(status="any").parameters())

        assert set(query.status) == set(PublicStatus)


class TestUrls:
    def test_the_page_address_can_be_read_back(self) -> None:
        form = SearchForm("a&b=c", "LS1 4DY", "5", cursor="x+/=")

        query = {name: values[0] for name, values in parse_qs(urlsplit(form.url()).query).items()}

        assert read_search_form(query) == form

    def test_nothing_asked_for_is_the_bare_address(self) -> None:
        assert SearchForm().url() == "/"
        assert SearchForm().api_url() == "/v1/providers"

    def test_the_json_address_repeats_each_status(self) -> None:
        query = parse_qs(urlsplit(SearchForm(status="any").api_url()).query)

        assert set(query["status"]) == set(PublicStatus)

    def test_a_change_begins_at_the_first_page(self) -> None:
        form = SearchForm("forge", la="383", cursor="abc")

        assert form.change(la="") == SearchForm("forge")


class TestReadCursor:
    def test_finds_the_cursor_in_the_next_link(self) -> None:
        assert read_cursor("/v1/providers?q=x&cursor=a%2Bb%3D") == "a+b="

    def test_there_is_none_after_the_last_page(self) -> None:
        assert read_cursor(None) is None
        assert read_cursor("/v1/providers?q=x") is None
