"""Browsers keep the titles of pages: none names a child."""

from tests.assessments.asking import begin
from tests.assessments.conftest import Browsers, World
from tests.children.asking import add
from tests.pages.own_pages import open_page
from tests.pages.reading import tidy


async def test_a_child_is_named_on_its_pages_and_in_no_title(
    members: Browsers, world: World
) -> None:
    school = members["school"]
    named = await add(school)
    begun = await begin(school, child=named)
    here = f"/commissioning/assessments/{begun['id']}"
    child = f"/commissioning/children/{named['id']}"

    for address in (child, here, f"{here}/everything", f"{here}/options"):
        page = await open_page(school, address)
        title = tidy(page.one("title").text)
        assert named["family_name"] in page.one("main").text, address
        assert named["family_name"] not in title
        assert named["given_names"] not in title
