import re
from pathlib import Path

import pytest

from app.pages import wording
from app.providers.terms import PUBLIC_STATUSES, NameKind, Need, Scheme
from app.register.schemas.search import Hit
from app.register.searching.asked import FILTERS
from app.values.site_kind import SiteKind

PAGES = Path(wording.__file__).parent
SOURCES = sorted([*PAGES.glob("templates/*"), *PAGES.glob("*.py")])


class TestTables:
    def test_every_public_status_has_words(self) -> None:
        assert set(wording.STATUSES) == set(PUBLIC_STATUSES)

    def test_every_need_has_words(self) -> None:
        assert set(wording.NEEDS) == set(Need)

    def test_every_identifier_name_and_site_kind_has_words(self) -> None:
        assert set(wording.IDENTIFIERS) == set(Scheme)
        assert set(wording.NAME_KINDS) == set(NameKind)
        assert set(wording.SITE_KINDS) == set(SiteKind)

    def test_every_reason_of_the_search_has_words(self) -> None:
        of_words = {"name", "other-name", "programme", "town"}
        assert all(word in str(Hit.model_fields["matched"].description) for word in of_words)

        assert set(wording.MATCHES) == of_words | set(FILTERS)

    def test_no_two_statuses_are_called_the_same(self) -> None:
        labels = [words.label for words in wording.STATUSES.values()]

        assert len(set(labels)) == len(labels)


class TestStatusWords:
    def test_a_status_without_words_is_shown_and_not_vouched_for(self) -> None:
        words = wording.status_words("quite-new")

        assert words.label == "Quite new"
        assert words.colour == "grey"
        assert "before you rely on it" in words.caution


class TestLabel:
    def test_a_code_without_words_is_made_readable(self) -> None:
        assert wording.label(wording.SITE_KINDS, "barge-or-boat") == "Barge or boat"

    def test_a_need_without_words_stays_its_code(self) -> None:
        assert wording.need_label("XYZ") == "XYZ"


class TestTone:
    @pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
    def test_no_page_calls_a_setting_an_unregistered_school(self, path: Path) -> None:
        words = re.sub(r"\s+", " ", path.read_text(encoding="utf-8")).lower()

        assert "unregistered school" not in words

    def test_each_status_ends_its_sentences(self) -> None:
        for words in wording.STATUSES.values():
            assert words.meaning.endswith(".")
            assert words.caution.endswith(".")
