"""Documents, sharing, checks on staff and self-evaluations, on the pages of their owner."""

from datetime import timedelta

import asyncpg
import httpx
import pytest

from app import clock
from tests.factories.people import add_organisation, sign_in
from tests.factories.records import OwnedRecord, add_owned_record
from tests.files.making import pdf
from tests.pages.own_pages import on, open_page, problems_told, shown
from tests.pages.owners.record_forms import done, fill_in, filled
from tests.pages.reading import Page

FIELDS: dict[str, str | list[str]] = {"kind": "other", "title": "What we teach"}


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner, staff_size="small")


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
) -> httpx.AsyncClient:
    return await sign_in(client, owner, record.manager)


@pytest.fixture
def here(record: OwnedRecord) -> str:
    return f"/records/{record.number}"


async def send_file(
    browser: httpx.AsyncClient, address: str, content: bytes, name: str = "plan.pdf", **fields: str
) -> httpx.Response:
    form = filled(await open_page(browser, address))
    return await browser.post(
        address,
        data=form | FIELDS | fields,
        files={"file": (name, content, "application/pdf")},
    )


def boxes(page: Page, prefix: str) -> list[str]:
    return sorted({each["name"] for each in page.all("input") if each["name"].startswith(prefix)})


class TestDocuments:
    async def test_one_is_sent_with_its_file_and_taken_back(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        answer = await send_file(browser, f"{here}/documents/add", pdf())
        page = await open_page(browser, answer.headers["location"])
        assert "The document was sent." in page.text
        assert "What we teach" in page.text
        assert page.link("Open (What we teach)").endswith("/file")

        page = await done(browser, page.link("Take back (What we teach)"), reason="Wrong file")

        assert "Taken back: Wrong file" in page.text

    async def test_a_second_click_sends_it_once(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, here: str
    ) -> None:
        address = f"{here}/documents/add"
        form = filled(await open_page(browser, address)) | FIELDS

        answers = [
            await browser.post(address, data=form, files={"file": ("plan.pdf", pdf())})
            for _ in range(2)
        ]

        assert [answer.status_code for answer in answers] == [303, 303]
        assert await owner.fetchval("SELECT count(*) FROM documents") == 1

    @pytest.mark.parametrize(
        ("content", "name"),
        [(b"", "plan.pdf"), (b"MZ nothing good", "plan.exe"), (pdf()[:60], "plan.pdf")],
    )
    async def test_a_file_that_is_not_taken_says_why_at_its_question(
        self,
        browser: httpx.AsyncClient,
        owner: asyncpg.Connection,
        here: str,
        content: bytes,
        name: str,
    ) -> None:
        answer = await send_file(browser, f"{here}/documents/add", content, name)

        page = shown(answer, 422)
        assert len(problems_told(page)) == 1
        assert page.by_id("file-error").text
        assert page.by_id("title")["value"] == "What we teach"
        assert await owner.fetchval("SELECT count(*) FROM documents") == 0

    async def test_no_file_chosen_is_said_at_its_question(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        form = filled(await open_page(browser, f"{here}/documents/add")) | FIELDS
        lines = [
            f'--line\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in form.items()
        ]
        nothing = 'Content-Disposition: form-data; name="file"; filename=""'
        octets = "Content-Type: application/octet-stream"
        body = "".join(lines) + f"--line\r\n{nothing}\r\n{octets}\r\n\r\n\r\n--line--\r\n"

        answer = await browser.post(
            f"{here}/documents/add",
            content=body,
            headers={"Content-Type": "multipart/form-data; boundary=line"},
        )

        assert problems_told(shown(answer, 422)) == ["Choose the file"]

    async def test_an_insurance_lacks_what_is_asked_of_one(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        answer = await send_file(
            browser, f"{here}/documents/add", pdf(), kind="public-liability-insurance"
        )

        assert problems_told(shown(answer, 422)) == [
            "Enter the last day of cover",
            "Enter the name of the insurer",
            "Enter the most that is paid for one claim, in pounds",
        ]

    async def test_one_out_of_date_is_seen_in_the_task_list_and_replaced_from_there(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        insured = {"kind": "public-liability-insurance", "insurer": "Example Mutual"}
        insured |= {"limit_pence": "5,000,000", "covers_abuse": "yes"}
        last_year = {**on("issued_on", "1 11 2025"), **on("expires_on", "31 10 2026")}
        address = f"{here}/documents/add"
        await send_file(browser, address, pdf(), title="Last year", **insured, **last_year)
        assert "1 out of date" in (await open_page(browser, here)).text
        page = await open_page(browser, f"{here}/documents")
        assert "£5,000,000 for one claim" in page.text
        this_year = {**on("issued_on", "1 11 2026"), **on("expires_on", "31 10 2027")}
        replace = page.link("Replace (Last year)")
        form = filled(await open_page(browser, replace)) | insured | this_year

        await browser.post(
            address, data=form | {"title": "This year"}, files={"file": ("new.pdf", pdf())}
        )

        page = await open_page(browser, f"{here}/documents")
        assert "Replaced or taken back" in page.text
        assert "out of date" not in (await open_page(browser, here)).text

    async def test_nothing_is_read_of_somebody_who_may_not_send_it(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        browser.cookies.clear()

        answer = await browser.post(
            f"{here}/documents/add", data=FIELDS, files={"file": ("plan.pdf", pdf())}
        )

        assert answer.status_code == 401


class TestSharing:
    async def test_a_school_is_found_sees_it_until_a_day_and_no_more(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, here: str
    ) -> None:
        await add_organisation(owner, "Example Ladywood Academy")
        page = await open_page(browser, f"{here}/shares/find?q=ladywood")
        until = clock.today() + timedelta(days=100)
        day = on("until", f"{until.day} {until.month} {until.year}")

        page = await done(
            browser,
            page.link("Example Ladywood Academy"),
            document_id=["everything"],
            **day,
        )

        assert "They see it from now on." in page.text
        assert "Shared with 1" in (await open_page(browser, here)).text
        page = await done(browser, page.link("Stop sharing (Example Ladywood Academy)"))
        assert "Ended by you on" in page.text

    async def test_a_day_too_far_away_comes_back(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, here: str
    ) -> None:
        school = await add_organisation(owner)

        answer = await fill_in(
            browser,
            f"{here}/shares/add?with={school}",
            document_id=["everything"],
            **on("until", "1 1 2100"),
        )

        assert "two years from now at most" in problems_told(shown(answer, 422))[0]

    async def test_nobody_found_is_said(self, browser: httpx.AsyncClient, here: str) -> None:
        page = await open_page(browser, f"{here}/shares/find?q=zzzz")

        assert "Nobody was found." in page.text


class TestStaff:
    async def test_somebody_is_added_checked_and_leaves(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        page = await done(
            browser,
            f"{here}/staff/add",
            name="Jo Example",
            duties="Tutor",
            regulated_activity=["yes"],
        )
        assert "Enhanced DBS check" in page.text
        assert "Checks due of 1" in (await open_page(browser, here)).text

        page = await done(
            browser,
            page.link("Note a check"),
            kind=["enhanced-dbs"],
            status=["clear"],
            checked_by=["provider"],
            **on("checked_on", "1 10 2026"),
        )
        assert "Made, and in order" in page.text
        page = await done(browser, page.link("They left"), **on("on", "1 11 2026"))

        assert "Note a check" not in page.text
        assert "Nobody is on record yet." in (await open_page(browser, f"{here}/staff")).text

    async def test_a_number_is_never_kept(self, browser: httpx.AsyncClient, here: str) -> None:
        page = await done(
            browser,
            f"{here}/staff/add",
            name="Jo Example",
            duties="Tutor",
            regulated_activity=["no"],
        )

        answer = await fill_in(
            browser,
            page.link("Note a check"),
            kind=["identity"],
            status=["clear"],
            checked_by=["provider"],
            basis="DBS 001234567890",
            **on("checked_on", "1 10 2026"),
        )

        assert "Leave out the number" in problems_told(shown(answer, 422))[0]

    async def test_what_is_missing_is_told(self, browser: httpx.AsyncClient, here: str) -> None:
        page = shown(await fill_in(browser, f"{here}/staff/add"), 422)

        assert problems_told(page) == [
            "Enter their full name",
            "Enter what they do",
            "Say whether they do",
        ]


class TestSelfEvaluations:
    async def test_one_is_begun_answered_standard_by_standard_and_not_completed_with_gaps(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, here: str
    ) -> None:
        page = await done(browser, f"{here}/self-evaluations/add", site=["1"])
        assert "0 of " in page.text
        evaluation = page.link("Complete it").removesuffix("/complete")
        standard = next(each["href"] for each in page.all("a") if "/standards/1" in each["href"])
        form = await open_page(browser, standard)
        names = boxes(form, "answer_")
        assert names

        page = await done(browser, standard, **{names[0]: ["partly-met"]})

        assert "Your answers were saved." in page.text
        assert await owner.fetchval("SELECT count(*) FROM self_evaluation_answers") == 1
        answer = await fill_in(browser, f"{evaluation}/complete")
        told = problems_told(shown(answer, 409))
        assert told
        assert all(line.startswith(("Answer it", "It ")) for line in told)

    async def test_saved_again_only_what_changed_is_said_anew(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, here: str
    ) -> None:
        page = await done(browser, f"{here}/self-evaluations/add", site=["1"])
        standard = next(each["href"] for each in page.all("a") if "/standards/1" in each["href"])
        names = boxes(await open_page(browser, standard), "answer_")
        await done(browser, standard, **{name: ["not-met"] for name in names})
        version = await owner.fetchval("SELECT version FROM self_evaluations")

        await done(browser, standard, **{names[0]: ["met"]})

        assert await owner.fetchval("SELECT version FROM self_evaluations") == version + 1

    async def test_what_does_not_apply_needs_its_why(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, here: str
    ) -> None:
        page = await done(browser, f"{here}/self-evaluations/add", site=["1"])
        standard = next(each["href"] for each in page.all("a") if "/standards/1" in each["href"])
        name = boxes(await open_page(browser, standard), "answer_")[0]

        page = shown(await fill_in(browser, standard, **{name: ["not-applicable"]}), 422)

        assert "Say in a comment why it does not apply" in problems_told(page)[0]
        assert await owner.fetchval("SELECT count(*) FROM self_evaluation_answers") == 0
