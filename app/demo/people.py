"""Invented people of a demonstration, who sign in with one click.

Plainly nobody: all are called Example. They work for real authorities, because those ship with
the product, and for a school, a garage, a trust and a QA body that do not exist.
"""

import uuid
from dataclasses import dataclass

from app import clock
from app.access import OPERATOR, Actor, Role
from app.audit import service as audit
from app.audit.terms import Subject
from app.db.transactions import Database, transaction
from app.demo import queries
from app.demo.queries import Rows
from app.organisations.actors import ActingFor, person_actor
from app.organisations.queries.facts import DEPARTMENT, DEPARTMENT_CODE, fact_id
from app.organisations.terms import DEMONSTRATION_ISSUER, OrganisationKind, Source
from app.places import facts
from app.values.words import sort_key

_NAMESPACE = uuid.UUID("8a52c1f0-6f0e-4a55-8f43-2d9b1e7c3a60")

SCHOOL, GARAGE, QA_BODY = "Example Academy", "Example Garage", "Example Quality Partnership"
SCHOOL_URN = "990001"
"""Of no school: those that exist are far below."""
_SCHOOL = {
    "urn": SCHOOL_URN,
    "status": "Open",
    "phase": "Secondary",
    "low_age": 11,
    "high_age": 16,
    "town": "Coventry",
    "easting": 433_500,
    "northing": 279_000,
}
OWNERS, OWNER = "Example Learning Trust", "Rhys Example"
"""In whose hands some invented providers are that were inspected, and who answers for them."""
_COVENTRY = fact_id(OrganisationKind.LOCAL_AUTHORITY, "331")
_WARWICKSHIRE = fact_id(OrganisationKind.LOCAL_AUTHORITY, "937")
_DEPARTMENT = fact_id(OrganisationKind.DEPARTMENT, DEPARTMENT_CODE)


def demonstration_id(name: str) -> uuid.UUID:
    """Return the id of an invented person or organisation; the same in every demonstration."""
    return uuid.uuid5(_NAMESPACE, name)


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody a visitor can be.

    Attributes:
        name: theirs.
        works_for: organisations, and the roles held there.
    """

    name: str
    works_for: tuple[tuple[uuid.UUID, tuple[Role, ...]], ...]


ORGANISATIONS = {
    SCHOOL: (OrganisationKind.SCHOOL, "331"),
    GARAGE: (OrganisationKind.PROVIDER_OWNER, None),
    QA_BODY: (OrganisationKind.QA_BODY, None),
    OWNERS: (OrganisationKind.PROVIDER_OWNER, None),
}
"""What exists in demonstrations alone: kind, and the authority whose area it lies in."""

PERSONAS = (
    Persona("Asha Example", ((_COVENTRY, (Role.ADMINISTRATOR,)),)),
    Persona("Ben Example", ((_COVENTRY, (Role.COMMISSIONER, Role.FINANCE_SIGNATORY)),)),
    Persona("Carys Example", ((_COVENTRY, (Role.APPROVER, Role.SAFEGUARDING_LEAD)),)),
    Persona("Dev Example", ((_WARWICKSHIRE, (Role.ADMINISTRATOR, Role.INSPECTOR)),)),
    Persona("Ewa Example", ((_WARWICKSHIRE, (Role.SECOND_OFFICER, Role.ASSESSOR)),)),
    Persona(
        "Femi Example",
        (
            (demonstration_id(SCHOOL), (Role.ADMINISTRATOR, Role.COMMISSIONER)),
            (demonstration_id(QA_BODY), (Role.ANALYST,)),
        ),
    ),
    Persona(
        "Grace Example",
        (
            (
                demonstration_id(SCHOOL),
                (Role.SAFEGUARDING_LEAD, Role.APPROVER, Role.FINANCE_SIGNATORY),
            ),
        ),
    ),
    Persona(
        "Harry Example",
        ((demonstration_id(GARAGE), (Role.ADMINISTRATOR, Role.PROVIDER_MANAGER)),),
    ),
    Persona(
        "Iona Example",
        ((demonstration_id(QA_BODY), (Role.ADMINISTRATOR, Role.INSPECTOR)),),
    ),
    Persona("Jaya Example", ((_DEPARTMENT, (Role.ADMINISTRATOR, Role.ANALYST)),)),
    Persona("Kit Example", ((_DEPARTMENT, (Role.STANDARDS_EDITOR, Role.SECOND_OFFICER)),)),
    Persona("Lena Example", ((_DEPARTMENT, (Role.STANDARDS_EDITOR, Role.ASSESSOR)),)),
    Persona("Milo Example", ((_COVENTRY, (Role.ASSESSOR, Role.INSPECTOR)),)),
    Persona("Nia Example", ((_COVENTRY, (Role.SECOND_OFFICER,)),)),
    Persona("Oona Example", ((demonstration_id(QA_BODY), (Role.SECOND_OFFICER,)),)),
    Persona("Pia Example", ((demonstration_id(SCHOOL), (Role.COMMISSIONER,)),)),
    Persona(OWNER, ((demonstration_id(OWNERS), (Role.ADMINISTRATOR, Role.PROVIDER_MANAGER)),)),
)


def acting(name: str) -> Actor:
    """Return an invented person as whoever acts, for the first organisation they work for."""
    persona = next(one for one in PERSONAS if one.name == name)
    organisation_id, roles = persona.works_for[0]
    return person_actor(
        demonstration_id(name),
        name,
        _acting_for(organisation_id),
        roles,
        session=(None, clock.now()),
        request_id="demonstration",
    )


def _acting_for(organisation_id: uuid.UUID) -> ActingFor:
    for title, (kind, _) in ORGANISATIONS.items():
        if demonstration_id(title) == organisation_id:
            return ActingFor(organisation_id, title, None, kind)
    for one in facts.local_authorities():
        if fact_id(OrganisationKind.LOCAL_AUTHORITY, one.la_code) == organisation_id:
            kind = OrganisationKind.LOCAL_AUTHORITY
            return ActingFor(organisation_id, one.name, one.la_code, kind)
    return ActingFor(_DEPARTMENT, DEPARTMENT, None, OrganisationKind.DEPARTMENT)


@dataclass(frozen=True, slots=True)
class Team:
    """Who inspects, and who checks.

    Attributes:
        organisation_id: the QA body.
        lead: the name of whoever leads its inspections.
        second: of whoever checks them.
    """

    organisation_id: uuid.UUID
    lead: str
    second: str

    @property
    def lead_id(self) -> uuid.UUID:
        """Whoever leads, by id."""
        return demonstration_id(self.lead)

    @property
    def second_id(self) -> uuid.UUID:
        """Whoever checks, by id."""
        return demonstration_id(self.second)


_TEAM_OF_COVENTRY = Team(_COVENTRY, "Milo Example", "Nia Example")
_TEAM_OF_WARWICKSHIRE = Team(_WARWICKSHIRE, "Dev Example", "Ewa Example")
_PARTNERSHIP = Team(demonstration_id(QA_BODY), "Iona Example", "Oona Example")
_TEAMS = {"331": _TEAM_OF_COVENTRY, "937": _TEAM_OF_WARWICKSHIRE}


def team_of(la_code: str) -> Team:
    """Return who inspects in an authority's area; the invented partnership, where no team is."""
    return _TEAMS.get(la_code, _PARTNERSHIP)


def relying_team(inspected: Team) -> Team:
    """Return another body's team, which relies on what one saw."""
    return _TEAM_OF_WARWICKSHIRE if inspected == _TEAM_OF_COVENTRY else _TEAM_OF_COVENTRY


async def add_people(database: Database) -> int:
    """Let the invented people and organisations be; return how many people were added.

    Those that are there already stay as they are, whatever was changed of them meanwhile.
    """
    async with transaction(database, OPERATOR) as session:
        await queries.insert_new(session, "organisations", _organisations())
        school = {"organisation_id": demonstration_id(SCHOOL)}
        number = {"scheme": "urn", "value": SCHOOL_URN}
        await queries.insert_new(session, "organisation_identifiers", [school | number])
        await queries.insert_new(session, "schools", [school | _SCHOOL])
        people = [
            {"id": demonstration_id(one.name), "name": one.name, **_now()} for one in PERSONAS
        ]
        added = await queries.insert_new(session, "people", people)
        if not added:
            return 0
        contacts = [
            {"person_id": demonstration_id(one.name), "email": _email(one.name)} for one in PERSONAS
        ]
        await queries.insert_new(session, "person_contacts", contacts)
        identities = [
            {
                "issuer": DEMONSTRATION_ISSUER,
                "subject": str(one["id"]),
                "person_id": one["id"],
                "linked_at": clock.now(),
            }
            for one in people
        ]
        await queries.insert_new(session, "person_identities", identities)
        await queries.insert_new(session, "memberships", _memberships())
        about = Subject("demonstration", DEMONSTRATION_ISSUER, "invented people")
        await audit.record(session, OPERATOR, "demonstration.people_added", about)
    return added


def _organisations() -> Rows:
    return [
        {
            "id": demonstration_id(name),
            "kind": kind.value,
            "name": name,
            "sort_name": sort_key(name),
            "la_code": la_code,
            "source": Source.OPERATOR.value,
            **_now(),
        }
        for name, (kind, la_code) in ORGANISATIONS.items()
    ]


def _memberships() -> Rows:
    return [
        {
            "id": demonstration_id(f"{one.name} at {organisation}"),
            "person_id": demonstration_id(one.name),
            "organisation_id": organisation,
            "roles": [role.value for role in roles],
            "began_at": clock.now(),
            "version": 1,
        }
        for one in PERSONAS
        for organisation, roles in one.works_for
    ]


def _now() -> dict[str, object]:
    present = clock.now()
    return {"recorded_at": present, "changed_at": present, "version": 1}


def _email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@demonstration.example.org"
