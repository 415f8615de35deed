import uuid
from datetime import UTC, datetime, timedelta

import pytest

from app.access import OPERATOR, Actor, ActorKind, DbRole, Role
from app.errors import VersionChangedError
from app.organisations import policies
from app.organisations.errors import (
    NotAPersonError,
    OwnRolesError,
    RoleNotForThisOrganisationError,
)
from app.organisations.models.people import Invitation
from app.organisations.terms import ROLES_OF, InvitationState, OrganisationKind

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SOMEBODY = uuid.UUID(int=1)


def person(person_id: uuid.UUID = SOMEBODY) -> Actor:
    return Actor(name="Example Person", role=DbRole.APP, kind=ActorKind.PERSON, id=person_id)


class TestStateOf:
    @pytest.mark.parametrize(
        ("facts", "state"),
        [
            ({}, InvitationState.OPEN),
            ({"accepted_at": NOW}, InvitationState.ACCEPTED),
            ({"withdrawn_at": NOW}, InvitationState.WITHDRAWN),
            ({"expires_at": NOW}, InvitationState.EXPIRED),
            ({"expires_at": NOW, "accepted_at": NOW}, InvitationState.ACCEPTED),
            ({"expires_at": NOW, "withdrawn_at": NOW}, InvitationState.WITHDRAWN),
        ],
    )
    def test_it_stands_in_one_way(self, facts: dict[str, datetime], state: InvitationState) -> None:
        invitation = Invitation(**({"expires_at": NOW + timedelta(seconds=1)} | facts))

        assert policies.state_of(invitation, NOW) is state


class TestFittingRoles:
    @pytest.mark.parametrize("kind", OrganisationKind)
    def test_an_organisation_gives_the_roles_of_its_kind_and_no_others(
        self, kind: OrganisationKind
    ) -> None:
        for role in Role:
            if role in ROLES_OF[kind]:
                assert policies.fitting_roles(kind.value, [role]) == [role.value]
            else:
                with pytest.raises(RoleNotForThisOrganisationError) as refused:
                    policies.fitting_roles(kind.value, [role])
                assert refused.value.errors[0].pointer == "/roles/0"

    def test_each_is_given_once(self) -> None:
        assert policies.fitting_roles("school", [Role.ANALYST, Role.ADMINISTRATOR] * 2) == [
            "administrator",
            "analyst",
        ]

    def test_nobody_has_no_role(self) -> None:
        with pytest.raises(RoleNotForThisOrganisationError, match="at least one role"):
            policies.fitting_roles("school", [])

    def test_every_role_that_does_not_fit_is_pointed_at(self) -> None:
        with pytest.raises(RoleNotForThisOrganisationError) as refused:
            policies.fitting_roles("school", [Role.INSPECTOR, Role.ANALYST, Role.ASSESSOR])

        assert [fault.pointer for fault in refused.value.errors] == ["/roles/0", "/roles/2"]


class TestCheckOwnRoles:
    def test_nobody_gives_themselves_a_further_role(self) -> None:
        with pytest.raises(OwnRolesError) as refused:
            policies.check_own_roles(
                person(), SOMEBODY, ["administrator"], ["administrator", "approver"]
            )

        assert refused.value.facts == {"roles": ["approver"]}

    def test_one_may_be_swapped_for_no_other_either(self) -> None:
        with pytest.raises(OwnRolesError):
            policies.check_own_roles(person(), SOMEBODY, ["administrator"], ["approver"])

    def test_giving_one_up_is_theirs(self) -> None:
        policies.check_own_roles(person(), SOMEBODY, ["administrator", "analyst"], ["analyst"])

    @pytest.mark.parametrize("actor", [person(uuid.UUID(int=2)), OPERATOR])
    def test_others_may_give_it(self, actor: Actor) -> None:
        policies.check_own_roles(actor, SOMEBODY, ["analyst"], ["administrator"])


class TestCheckVersion:
    def test_the_present_one_passes_and_any_other_is_refused(self) -> None:
        policies.check_version(3, 3)
        for expected in (2, 4):
            with pytest.raises(VersionChangedError) as refused:
                policies.check_version(3, expected)
            assert refused.value.facts == {"version": 3}


class TestCheckPerson:
    def test_a_person_is_told_by_their_id(self) -> None:
        assert policies.check_person(person()) == SOMEBODY

    @pytest.mark.parametrize(
        "actor",
        [OPERATOR, Actor(name="A machine", role=DbRole.APP, kind=ActorKind.MACHINE, id=SOMEBODY)],
    )
    def test_nobody_else_is_one(self, actor: Actor) -> None:
        with pytest.raises(NotAPersonError):
            policies.check_person(actor)
