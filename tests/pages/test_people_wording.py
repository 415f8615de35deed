from collections.abc import Iterable, Mapping
from enum import StrEnum

import pytest

from app.access import SCOPES, Permission, Role
from app.audit.terms import ActOutcome, Purpose
from app.organisations.terms import (
    ROLES_OF,
    FactorsTaken,
    IdentifierScheme,
    InvitationState,
    MembershipEnd,
    Method,
    OrganisationKind,
    SignInWay,
    Source,
)
from app.pages import people_wording as words
from app.pages.accounts.people_view import offered_roles


class TestWords:
    @pytest.mark.parametrize(
        ("codes", "told"),
        [
            (Role, words.ROLES),
            (Permission, words.PERMISSIONS),
            (SCOPES, words.PERMISSIONS),
            (OrganisationKind, words.KINDS),
            (IdentifierScheme, words.SCHEMES),
            (Source, words.SOURCES),
            (Method, words.METHODS),
            (SignInWay, words.WAYS),
            (InvitationState, words.INVITATION_STATES),
            (MembershipEnd, words.MEMBERSHIP_ENDS),
            (FactorsTaken, words.FACTORS_TAKEN),
            (Purpose, words.PURPOSES),
            (ActOutcome, words.OUTCOMES),
        ],
    )
    def test_every_code_has_words(
        self, codes: Iterable[StrEnum], told: Mapping[str, object]
    ) -> None:
        assert set(codes) <= told.keys()


class TestRoleLabels:
    def test_are_always_in_the_same_order(self) -> None:
        assert words.role_labels(["analyst", "administrator"]) == ("Administrator", "Analyst")


class TestOfferedRoles:
    @pytest.mark.parametrize("kind", list(OrganisationKind))
    def test_are_those_an_organisation_of_the_kind_gives(self, kind: OrganisationKind) -> None:
        offered = offered_roles(kind.value)

        assert {value for value, _, _ in offered} == {role.value for role in ROLES_OF[kind]}
        assert all(hint for _, _, hint in offered)

    def test_of_ones_own_only_those_one_has(self) -> None:
        offered = offered_roles("school", among=["analyst", "inspector"])

        assert [value for value, _, _ in offered] == ["analyst"]
