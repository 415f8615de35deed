"""The chapter on who is told of a placement: composed from the record, and sent by people."""

from tests.tour.telling import Caller, heading, say, tell

COMMISSIONING = {"purpose": "commissioning"}
MOTHER = {
    "number": 1,
    "name": "Example Mother",
    "relation": "parent",
    "has_parental_responsibility": True,
    "ways": ["hand", "post"],
    "post_to": ["1 Example Street", "Coventry"],
}
FATHER = {
    "number": 2,
    "name": "Example Father",
    "relation": "parent",
    "has_parental_responsibility": True,
    "to_be_told": False,
}


def tell_them(school: Caller, placement: str, child: str) -> None:
    """Say who may be told, compose every notice that is needed, and write down that it was sent."""
    heading("Notices: composed from the record, to whom it is safe to tell, and sent by people")
    contacts = f"/v1/children/{child}/safe-contacts"
    body = {"contacts": [MOTHER, FATHER]}
    school.quietly("PUT", contacts, json=body, headers={"If-Match": '"1"'})
    say(f"{school.name:14} PUT  {contacts}")
    here = f"{placement}/notices"
    needed = school.get(here, **COMMISSIONING).json()["needed"]
    say(f"{school.name:14} GET  {here}")
    for one in needed:
        tell(one["kind"], f"by {one['due_by']}, {one['basis']}, {one['standing']}")
    refused = school.send(here, {"kind": "parent-copy", "contact": 2}, "title", expected=409)
    assert "Father" not in str(refused)
    for one in needed:
        to = {"contact": 1} if one["to"] == "parent" else {}
        made = school.quietly("POST", here, json={"kind": one["kind"]} | to).json()
        if one["kind"] == "parent-copy":
            say(f"{school.name:14} POST {here}")
            tell("title", made["document"]["title"])
            for section in made["document"]["sections"]:
                tell(section["heading"], section["lines"][0])
        sent = {"way": "hand", "sent_at": made["composed_at"]}
        written = school.quietly("POST", f"{here}/{made['id']}/sendings", json=sent).json()
        assert written["sendings"][0]["late_by"] is None
    shown = school.read(here, "complete", "light", **COMMISSIONING)
    assert shown["complete"] is True
