"""Drafts are the department's: nobody else sees them, adds to them or changes what is published."""

import asyncpg
import pytest

from app.config import Settings
from app.organisations.queries.facts import fact_id
from app.organisations.terms import OrganisationKind
from tests.factories.people import Member, add_member, add_organisation
from tests.migrations.cast import acting
from tests.standards.router.editing import add_editor
from tests.standards.rows import add_criterion, add_policy, add_version

AUTHORITY = OrganisationKind.LOCAL_AUTHORITY
SEEN = """
    SELECT (SELECT count(*) FROM standards_versions WHERE state = 'draft'),
      (SELECT count(*) FROM criteria WHERE requirement = 'You do.'),
      (SELECT count(*) FROM published_policies WHERE state = 'draft')
"""
WRITES = (
    (
        "INSERT INTO standards_versions "
        "(id, code, title, state, standard_titles, withdrawn, version) "
        "VALUES (gen_random_uuid(), 'mine', 'Mine', 'draft', '{}', '{}', 1)"
    ),
    (
        "INSERT INTO published_policies (id, code, state, reason, source, version) "
        "VALUES (gen_random_uuid(), 'mine', 'draft', 'Mine.', 'Mine.', 1)"
    ),
    (
        "INSERT INTO criteria SELECT gen_random_uuid(), version_id, '1.1z', standard, part, "
        "position, requirement, force, law_part, gate, site_kinds, staff_sizes, evidence_kinds, "
        "evidence_months, guidance, source, source_status FROM criteria "
        "WHERE requirement = 'You do.'"
    ),
)
CHANGES = (
    "UPDATE standards_versions SET title = 'Mine' WHERE state = 'draft'",
    "UPDATE criteria SET gate = 'major' WHERE requirement = 'You do.'",
    "DELETE FROM criteria WHERE requirement = 'You do.'",
    "UPDATE published_policies SET reason = 'Mine.' WHERE state = 'draft'",
)


@pytest.fixture
async def drafts(owner: asyncpg.Connection) -> None:
    """A draft of everything."""
    await add_criterion(owner, await add_version(owner))
    await add_policy(owner, "evidence-grace")


async def act_as(settings: Settings, member: Member) -> asyncpg.Connection:
    """Connect as the service does for somebody signed in."""
    assert settings.database_url is not None
    login = await asyncpg.connect(settings.database_url.get_secret_value())
    for setting, value in {"role": "ap_app", **acting(member)}.items():
        await login.execute("SELECT set_config($1, $2, false)", setting, value)
    return login


@pytest.mark.usefixtures("drafts")
class TestTheDepartment:
    async def test_sees_adds_and_changes_drafts(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        login = await act_as(settings, await add_editor(owner))

        assert tuple(await login.fetchrow(SEEN)) == (1, 1, 1)
        for statement in (*WRITES, *CHANGES):
            assert not (await login.execute(statement)).endswith(" 0"), statement
        await login.close()

    async def test_adds_nothing_that_is_published_already(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        login = await act_as(settings, await add_editor(owner))

        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await login.execute(
                "INSERT INTO published_policies (id, code, state, in_force, reason, source, "
                "published_at, version) VALUES (gen_random_uuid(), 'mine', 'published', "
                "daterange('2027-01-01', NULL), 'Mine.', 'Mine.', now(), 1)"
            )
        await login.close()


@pytest.mark.usefixtures("drafts")
@pytest.mark.parametrize(
    "kind", [kind for kind in OrganisationKind if kind is not OrganisationKind.DEPARTMENT]
)
async def test_others_neither_see_nor_touch_them(
    settings: Settings, owner: asyncpg.Connection, kind: OrganisationKind
) -> None:
    organisation = (
        fact_id(kind, "331")
        if kind is AUTHORITY
        else await add_organisation(owner, "Other", kind, parent_id=fact_id(AUTHORITY, "331"))
    )
    other = await add_member(owner, organisation)
    login = await act_as(settings, other)

    assert tuple(await login.fetchrow(SEEN)) == (0, 0, 0)
    for statement in WRITES[:2]:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await login.execute(statement)
    for statement in (WRITES[2], *CHANGES):
        assert (await login.execute(statement)).endswith(" 0"), statement
    await login.close()
