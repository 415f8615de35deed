"""Notices on the pages: what is needed, composed as a letter, sent, and who may be told."""

import httpx

from tests.notices.asking import FATHER, MOTHER, state_contacts
from tests.pages.commissioning.weeks import PLACEMENTS, day
from tests.pages.own_pages import check_usable, open_page, problems_told, shown
from tests.pages.owners.record_forms import done, fill_in
from tests.placements.asking import in_days, place
from tests.placements.conftest import People, Setting

CHILDREN = "/commissioning/children"
HANDED_OVER = {"way": "hand", "sent_by": "Example Sender"}


async def placed(people: People, setting: Setting) -> tuple[str, str]:
    """Let a child be directed off site; return where its placement's page and its own are."""
    made = await place(
        *(people["school"], setting), route="off-site-direction", starts_on=in_days(7)
    )
    assert made.status_code == 201, made.text
    told = made.json()
    return f"{PLACEMENTS}/{told['id']}", f"{CHILDREN}/{told['child']}"


async def compose(client: httpx.AsyncClient, at: str, kind: str, **typed: str) -> str:
    """Compose a notice; return where it is read."""
    sent = await fill_in(client, f"{at}/notices/compose/{kind}", **typed)
    assert sent.status_code == 303, sent.text
    return sent.headers["location"].split("?")[0]


async def test_a_notice_is_composed_read_as_a_letter_and_sent(
    people: People, setting: Setting
) -> None:
    at, child = await placed(people, setting)
    await state_contacts(people["school"], child.rsplit("/", 1)[1], MOTHER)
    first = await open_page(people["school"], f"{at}/notices")
    page = await open_page(people["school"], at)
    asked = await open_page(people["school"], f"{at}/notices/compose/direction")

    letter = await compose(
        *(people["school"], at, "direction"), contact="1", reasons="Because.", what_for="To learn."
    )
    read = await open_page(people["school"], letter)
    listed = await done(people["school"], f"{letter}/sent", **HANDED_OVER)

    assert "Who is told of it" in page.text
    for one in (first, asked, read, listed):
        check_usable(one)
    assert "This rests on statute" in first.text.replace("an enactment", "statute")
    assert "what it must say" in asked.text.lower()
    for words in ("Example Mother", "Because.", "To learn.", "Monday: 9am to 1pm"):
        assert words in read.text
    assert "Say to whom the child reports" in read.text
    assert "handed over" in listed.text
    assert "Example Sender" in listed.text


async def test_what_cannot_be_sent_so_is_told_on_the_form(people: People, setting: Setting) -> None:
    at, child = await placed(people, setting)
    own = child.rsplit("/", 1)[1]
    await state_contacts(people["school"], own, MOTHER | {"ways": ["hand"]})
    letter = await compose(people["school"], at, "parent-copy", contact="1")

    posted = await fill_in(people["school"], f"{letter}/sent", **HANDED_OVER | {"way": "post"})
    ahead = await fill_in(people["school"], f"{letter}/sent", **HANDED_OVER, **day("sent_on", 1))
    nothing = await fill_in(people["school"], f"{letter}/sent", sent_time="noonish")

    assert "The child's safe contacts allow: hand" in problems_told(shown(posted, 409))[0]
    assert problems_told(shown(ahead, 422)) == ["It lies ahead. Record it once it is sent."]
    assert "Say how it was sent" in problems_told(shown(nothing, 422))


async def test_what_was_written_of_sending_is_put_right(people: People, setting: Setting) -> None:
    at, _ = await placed(people, setting)
    letter = await compose(people["school"], at, "service-agreement")
    await done(people["school"], f"{letter}/sent", **HANDED_OVER)

    listed = await done(people["school"], f"{letter}/sent", outcome="not-sent")

    assert "Not sent; written down by Example Placer" in listed.text
    assert "handed over" not in listed.text


async def test_who_may_be_told_is_added_changed_and_taken_off(
    people: People, setting: Setting
) -> None:
    _, child = await placed(people, setting)
    here = f"{child}/safe-contacts"
    typed = {
        "name": "Example Mother",
        "relation": "parent",
        "post_to": "1 Safe Street\nCoventry",
        "has_parental_responsibility": "yes",
        "to_be_told": "yes",
        "withhold_address": "no",
        "interpreter": "yes",
        "easy_read": "no",
        "language": "Polish",
    }

    added = await done(people["school"], f"{here}/add", **typed)
    barred = await done(people["school"], f"{here}/1", to_be_told="no")
    nameless = await fill_in(people["school"], f"{here}/1", name="")
    off = await done(people["school"], f"{here}/1", off_the_list="yes")
    record = await open_page(people["school"], child)
    gone = await people["school"].get(f"{here}/1")

    for one in (added, barred, off):
        check_usable(one)
    for words in ("1: Example Mother", "1 Safe Street, Coventry", "Needs: Polish and interpreter"):
        assert words in added.text
    assert "Not to be told" in barred.text
    assert "Enter the name" in problems_told(shown(nameless, 422))
    assert "Nobody has said" in off.text
    assert "Who may be told, and how" in record.text
    assert gone.status_code == 404


async def test_who_is_barred_is_not_offered_and_the_setting_stays_unknown(
    people: People, setting: Setting
) -> None:
    at, child = await placed(people, setting)
    away = MOTHER | {"withhold_address": True}
    barred = FATHER | {"to_be_told": False}
    await state_contacts(people["school"], child.rsplit("/", 1)[1], away, barred)

    asked = await open_page(people["school"], f"{at}/notices/compose/parent-copy")
    letter = await open_page(
        people["school"], await compose(people["school"], at, "parent-copy", contact="1")
    )

    assert "Example Father" not in asked.text
    assert "to keep a child safe" in letter.text
    assert setting.record.number not in letter.text


async def test_others_read_and_do_nothing(people: People, setting: Setting) -> None:
    at, child = await placed(people, setting)
    letter = await compose(people["school"], at, "parent-copy")

    listed = await open_page(people["home"], f"{at}/notices")
    read = await open_page(people["home"], letter)
    contacts = await open_page(people["home"], f"{child}/safe-contacts")
    forbidden = await people["home"].get(f"{letter}/sent")
    unseen = await people["other"].get(f"{at}/notices")
    unneeded = await people["school"].get(f"{at}/notices/compose/social-worker")
    nonsense = await people["school"].get(f"{at}/notices/compose/nonsense")

    assert "Compose it" not in listed.text
    assert "whom to call" not in read.text
    assert "Write down that it was sent" not in read.text
    assert "Write down that it was sent" in (await open_page(people["school"], letter)).text
    assert "Add somebody" not in contacts.text
    assert [one.status_code for one in (forbidden, unseen)] == [403, 404]
    assert [one.status_code for one in (unneeded, nonsense)] == [409, 404]


async def test_the_checklist_leads_to_the_notices_that_it_is_read_from(
    people: People, setting: Setting
) -> None:
    at, _ = await placed(people, setting)
    said = {"done_on": in_days(0), "done_by": "Example Lead", "what": "We promise to tell."}
    api = at.replace("/commissioning", "/v1")
    part = f"{api}/safeguarding/provider-part/SG3"
    answer = await people["manager"].put(part, json=said, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text

    page = await open_page(people["school"], f"{at}/safeguarding")

    assert "Read from the parent's copy that was sent" in page.text
    assert "The provider says of its part: We promise to tell." in page.text
