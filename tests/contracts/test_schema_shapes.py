import pytest

from tests.contracts.schema_shapes import look_up, resolve


class TestLookUp:
    @pytest.mark.parametrize(
        ("reference", "said"),
        [("other.json#/a", "same document"), ("#anchor", "same document"), ("#/a/x", "no 'x'")],
    )
    def test_refuses_what_it_cannot_follow(self, reference: str, said: str) -> None:
        with pytest.raises(ValueError, match=said):
            look_up({"a": {"b": 1}}, reference)

    def test_refuses_a_circle_of_references(self) -> None:
        document = {"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}}

        with pytest.raises(ValueError, match="back to itself"):
            resolve(document, document["a"])
