import pytest

from app.values.json_pointer import parse_pointer, resolve, texts

DOCUMENT = {"a/b": {"~": 1}, "list": [{"x": 1}, {"x": 2}, {}], "text": "here", "*": "a star"}


@pytest.mark.parametrize(
    ("pointer", "found"),
    [
        ("/text", ["here"]),
        ("/a~1b/~0", [1]),
        ("/list/1/x", [2]),
        ("/list/*/x", [1, 2]),
        ("/*", ["a star"]),
        ("/list/3", []),
        ("/list/-", []),
        ("/list/01", []),
        ("/list/²", []),
        ("/text/0", []),
        ("/nothing", []),
    ],
)
def test_a_pointer_leads_to_what_stands_there(pointer: str, found: list[object]) -> None:
    assert list(resolve(DOCUMENT, parse_pointer(pointer))) == found


@pytest.mark.parametrize("pointer", ["", "text", "/~", "/a~2", "/" + "x" * 200])
def test_what_is_no_pointer_is_refused(pointer: str) -> None:
    with pytest.raises(ValueError, match="pointer"):
        parse_pointer(pointer)


def test_every_text_is_told_with_its_place() -> None:
    assert list(texts({"a/b": ["x", {"~": "y"}], "n": 1})) == [
        ("/a~1b/0", "x"),
        ("/a~1b/1/~0", "y"),
    ]
