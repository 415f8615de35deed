from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.contracts.changes import Json, Position, breaks
from tests.contracts.schema_changes import compare_json_schemas

_values = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["", "a", "ab", "abc"])
)
_scalars: st.SearchStrategy[Json] = st.one_of(
    st.fixed_dictionaries(
        {"type": st.just("string")},
        optional={
            "minLength": st.integers(0, 3),
            "maxLength": st.integers(0, 3),
            "pattern": st.sampled_from(["^a", "b$"]),
        },
    ),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number"])},
        optional={
            "minimum": st.integers(-3, 3),
            "exclusiveMinimum": st.integers(-3, 3),
            "maximum": st.integers(-3, 3),
            "exclusiveMaximum": st.integers(-3, 3),
        },
    ),
    st.fixed_dictionaries({"type": st.sampled_from(["null", "boolean", ["string", "null"]])}),
    st.fixed_dictionaries({"enum": st.lists(_values, min_size=1, max_size=4)}),
    st.fixed_dictionaries({"const": _values}),
    st.just({}),
)


def _larger(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """Objects are closed: an open one takes anything by any name, so no member could ever break."""
    names = st.sampled_from(["a", "b"])
    return st.one_of(
        st.fixed_dictionaries(
            {
                "type": st.just("object"),
                "properties": st.dictionaries(names, inner, max_size=2),
                "additionalProperties": st.just(False),
            },
            optional={"required": st.lists(names, unique=True, max_size=2)},
        ),
        st.fixed_dictionaries(
            {"type": st.just("array")},
            optional={
                "items": inner,
                "prefixItems": st.lists(inner, min_size=1, max_size=2),
                "maxItems": st.integers(0, 2),
            },
        ),
        st.fixed_dictionaries({"anyOf": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"allOf": st.lists(inner, min_size=1, max_size=2)}),
    )


schemas = st.recursive(_scalars, _larger, max_leaves=5)
instances = st.recursive(
    _values,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from(["a", "b"]), inner)
    ),
    max_leaves=4,
)


class TestAgainstAValidator:
    """A real validator is the judge: whatever it shows to break must have been reported."""

    @given(old=schemas, new=schemas, value=instances)
    @settings(max_examples=600, deadline=None)
    def test_reports_input_that_a_validator_starts_to_refuse(
        self, old: Json, new: Json, value: Any
    ) -> None:
        accepted = Draft202012Validator(old).is_valid(value)
        refused = not Draft202012Validator(new).is_valid(value)

        found = breaks(compare_json_schemas(old, new, Position.INPUT))

        assert found or not (accepted and refused)

    @given(old=schemas, new=schemas, value=instances)
    @settings(max_examples=600, deadline=None)
    def test_reports_output_that_an_old_validator_would_refuse(
        self, old: Json, new: Json, value: Any
    ) -> None:
        sent = Draft202012Validator(new).is_valid(value)
        unexpected = not Draft202012Validator(old).is_valid(value)

        found = compare_json_schemas(old, new, Position.OUTPUT)

        assert found or not (sent and unexpected)

    @given(schema=schemas)
    @settings(max_examples=300, deadline=None)
    def test_a_schema_never_breaks_against_itself(self, schema: Json) -> None:
        assert compare_json_schemas(schema, schema) == []
