from app.pages.public.chosen_view import build_chosen, build_sorts
from app.pages.public.places import read_place
from app.pages.public.search_form import SearchForm

AUTHORITIES = (("383", "Leeds"),)


def test_each_thing_chosen_is_named_and_leads_to_the_search_without_it() -> None:
    form = SearchForm("forge", "LS1", "5", "383", need=("ASD", "SEMH"), status="any", sort="name")

    found = {each.text: each.remove_url for each in build_chosen(form, AUTHORITIES)}

    rest = "la=383&need=ASD&need=SEMH&status=any"
    assert found == {
        "“forge”": f"/?near=LS1&within_miles=5&{rest}&sort=name",
        "Within 5 miles of LS1": f"/?q=forge&{rest}",
        "Leeds": ("/?q=forge&near=LS1&within_miles=5&need=ASD&need=SEMH&status=any&sort=name"),
        "Autism": "/?q=forge&near=LS1&within_miles=5&la=383&need=SEMH&status=any&sort=name",
        "Social, emotional and mental health": (
            "/?q=forge&near=LS1&within_miles=5&la=383&need=ASD&status=any&sort=name"
        ),
        "Any status": ("/?q=forge&near=LS1&within_miles=5&la=383&need=ASD&need=SEMH&sort=name"),
    }


def test_what_is_rarely_chosen_is_named_too() -> None:
    form = SearchForm(
        age="14",
        key_stage=("3",),
        offer="farriery",
        places=("soon",),
        evidence="current",
        assessed_after="2026-03-01",
        as_at="12",
    )

    assert [each.text for each in build_chosen(form, ())] == [
        *("Age 14", "Key stage 3", "Programme: farriery", "Places soon"),
        *("Evidence: in date", "Seen on or after 1 March 2026"),
        "As the register stood with entry 12",
    ]


def test_orders_are_those_that_the_search_can_have() -> None:
    def offered(form: SearchForm) -> list[tuple[str, bool]]:
        return [(each.text, each.current) for each in build_sorts(form)]

    assert offered(SearchForm()) == []
    assert offered(SearchForm("forge")) == [("Best match", True), ("Name", False)]
    near = SearchForm("forge", "LS1", sort="name")
    assert offered(near) == [("Distance", False), ("Best match", False), ("Name", True)]


def test_a_place_is_a_postcode_or_a_first_half_that_there_is() -> None:
    assert [read_place(each) for each in ("ls1 4dy", "Ls1", "B152TT")] == [
        *("LS1 4DY", "LS1", "B15 2TT"),
    ]
    assert [read_place(each) for each in ("leeds", "ZZ9", "A1", "LS", "LS1 forge", "")] == [
        None
    ] * 6
