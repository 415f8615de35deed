import pytest

from app.access import DbRole
from app.db.roles import LOGIN, OWNER, READ, TAKEN_ROLES, quoted, role_name


def test_a_role_carries_the_name_of_its_database() -> None:
    assert role_name("register", LOGIN) == "register_login"


@pytest.mark.parametrize(
    ("name", "expected"), [("ap_app", '"ap_app"'), ('a"; DROP', '"a""; DROP"'), ("a b", '"a b"')]
)
def test_a_quoted_name_cannot_leave_its_quotes(name: str, expected: str) -> None:
    assert quoted(name) == expected


def test_every_role_a_transaction_may_take_is_made() -> None:
    assert set(TAKEN_ROLES) == {role.value for role in DbRole}
    assert not {LOGIN, OWNER, READ} & set(TAKEN_ROLES)
