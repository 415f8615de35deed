from app.errors import ConflictError, FieldFault, InvalidRequestError
from app.pages.form_parts import NONE_WRONG, read_faults, text_field, ticks

NAMED = {"name": "Enter a name", "roles": "Choose a role"}


def refused(*faults: FieldFault) -> InvalidRequestError:
    return InvalidRequestError("Not like this.", errors=faults)


class TestReadFaults:
    def test_nothing_refused_is_nothing_wrong(self) -> None:
        faults = read_faults(None, NAMED)

        assert faults is NONE_WRONG
        assert faults.title("A page") == "A page"

    def test_each_is_told_at_its_field_in_the_order_of_the_page(self) -> None:
        faults = read_faults(
            refused(
                FieldFault("It must have at least 1 items.", "/roles"),
                FieldFault("A name has at least one letter.", "/name"),
            ),
            NAMED,
        )

        assert [(link.text, link.href) for link in faults.links] == [
            ("A name has at least one letter.", "#name"),
            ("Choose a role", "#roles"),
        ]
        assert faults.title("A page") == "Error: A page"

    def test_a_place_in_a_list_is_the_lists_and_the_first_fault_stands(self) -> None:
        faults = read_faults(
            refused(FieldFault("First.", "/roles/1"), FieldFault("Second.", "/roles/2")), NAMED
        )

        assert faults.fields == {"roles": "First."}

    def test_codes_are_not_told_to_people(self) -> None:
        faults = read_faults(refused(FieldFault("It must be one of: 'a'.", "/roles/0")), NAMED)

        assert faults.fields == {"roles": "Choose a role"}

    def test_what_belongs_to_no_field_is_told_all_the_same(self) -> None:
        elsewhere = read_faults(refused(FieldFault("Odd.", parameter="cursor")), NAMED)
        whole = read_faults(ConflictError("It does not fit."), NAMED)

        assert [(link.text, link.href) for link in elsewhere.links] == [("Odd.", None)]
        assert [(link.text, link.href) for link in whole.links] == [("It does not fit.", None)]


class TestFields:
    def test_hold_what_was_typed_and_what_is_wrong_with_it(self) -> None:
        faults = read_faults(refused(FieldFault("This is required.", "/name")), NAMED)

        assert text_field("name", "typed", faults).error == "Enter a name"
        group = ticks("roles", [("a", "A", None), ("b", "B", "hint")], ["b"], faults)
        assert [item.checked for item in group.items] == [False, True]
        assert group.error is None
