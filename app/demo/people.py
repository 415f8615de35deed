"""Invented people of a demonstration, who sign in with one click.

Plainly nobody: all are called Example. They work for real authorities, because those ship with
the product, and for a school, a garage and a QA body that do not exist.
"""

import uuid
from dataclasses import dataclass

from app import clock
from app.access import OPERATOR, Role
from app.audit import service as audit
from app.audit.terms import Subject
from app.db.transactions import Database, transaction
from app.demo import queries
from app.demo.queries import Rows
from app.organisations.queries.facts import DEPARTMENT_CODE, fact_id
from app.organisations.terms import DEMONSTRATION_ISSUER, OrganisationKind, Source
from app.values.words import sort_key

_NAMESPACE = uuid.UUID("8a52c1f0-6f0e-4a55-8f43-2d9b1e7c3a60")

SCHOOL, GARAGE, QA_BODY = "Example Academy", "Example Garage", "Example Quality Partnership"
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
    Persona("Grace Example", ((demonstration_id(SCHOOL), (Role.SAFEGUARDING_LEAD,)),)),
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
)


async def add_people(database: Database) -> int:
    """Let the invented people and organisations be; return how many people were added.

    Those that are there already stay as they are, whatever was changed of them meanwhile.
    """
    async with transaction(database, OPERATOR) as session:
        await queries.insert_new(session, "organisations", _organisations())
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
