import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contracts.api_changes import compare_documents
from tests.contracts.changes import Json, breaks

_names = st.sampled_from(["A", "B", "C"])
_references = st.builds(lambda name: {"$ref": f"#/components/schemas/{name}"}, _names)
_plain = st.sampled_from(
    [{}, {"type": "string", "maxLength": 3}, {"type": ["integer", "null"]}, {"enum": ["a", 1]}]
)
_parts: st.SearchStrategy[Json] = st.one_of(_plain, _references)
_schemas: st.SearchStrategy[Json] = st.one_of(
    _parts,
    st.builds(lambda parts: {"anyOf": parts}, st.lists(_parts, min_size=1, max_size=2)),
    st.builds(lambda parts: {"allOf": parts}, st.lists(_parts, min_size=1, max_size=2)),
    st.builds(lambda part: {"type": "array", "items": part}, _parts),
    st.builds(
        lambda members, closed: {
            "type": "object",
            "properties": members,
            "required": sorted(members)[:1],
            "additionalProperties": not closed,
        },
        st.dictionaries(st.sampled_from(["a", "b"]), _parts),
        st.booleans(),
    ),
)
_content = st.dictionaries(
    st.sampled_from(["application/json", "text/csv"]),
    st.builds(lambda one: {"schema": one}, _schemas),
)
_operations = st.fixed_dictionaries(
    {
        "responses": st.dictionaries(
            st.sampled_from(["200", "4XX", "default"]),
            st.builds(lambda one: {"content": one}, _content),
        )
    },
    optional={
        "operationId": _names,
        "parameters": st.lists(
            st.builds(
                lambda name, place, schema: {"name": name, "in": place, "schema": schema},
                _names,
                st.sampled_from(["query", "header", "path"]),
                _schemas,
            ),
            max_size=3,
        ),
        "requestBody": st.builds(lambda one: {"content": one, "required": True}, _content),
        "security": st.lists(st.dictionaries(_names, st.lists(_names, max_size=2)), max_size=2),
    },
)
documents = st.fixed_dictionaries(
    {
        "openapi": st.just("3.1.0"),
        "paths": st.dictionaries(
            st.sampled_from(["/a", "/a/{A}", "/a/{A}/{B}"]),
            st.dictionaries(st.sampled_from(["get", "post"]), _operations, max_size=2),
            max_size=3,
        ),
        "components": st.builds(
            lambda a, b, c: {"schemas": {"A": a, "B": b, "C": c}}, _schemas, _schemas, _schemas
        ),
    }
)


class TestOnAnyDocument:
    @given(document=documents)
    @settings(max_examples=200, deadline=None)
    def test_a_document_never_breaks_against_itself(self, document: Json) -> None:
        assert compare_documents(document, copy.deepcopy(document)) == []

    @given(old=documents, new=documents)
    @settings(max_examples=100, deadline=None)
    def test_a_path_that_goes_is_always_noticed(self, old: Json, new: Json) -> None:
        lost = old["paths"].keys() - new["paths"].keys()

        found = {one.where for one in breaks(compare_documents(old, new))}

        assert lost <= found
