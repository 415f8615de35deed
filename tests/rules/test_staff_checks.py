from datetime import date

import pytest

from app.rules.dated import NotInForceError
from app.rules.staff_checks import CheckKind, checks_due, may_search_barred_list

DAY = date(2026, 9, 1)


class TestBarredList:
    def test_it_is_searched_for_regulated_activity(self) -> None:
        finding = may_search_barred_list(regulated_activity=True, on=DAY)

        assert finding.holds
        assert str(finding.citation) == "Police Act 1997, section 113BA"

    def test_and_for_nobody_else(self) -> None:
        finding = may_search_barred_list(regulated_activity=False, on=DAY)

        assert not finding.holds
        assert "only for people in regulated activity" in finding.because
        assert finding.citation.binding

    def test_the_rule_began_in_october_2009(self) -> None:
        assert may_search_barred_list(regulated_activity=True, on=date(2009, 10, 12)).holds
        with pytest.raises(NotInForceError):
            may_search_barred_list(regulated_activity=True, on=date(2009, 10, 11))


class TestChecksDue:
    def test_a_tutor_is_checked_in_every_way(self) -> None:
        due = {one.kind for one in checks_due(regulated_activity=True, on=DAY)}

        assert due == {
            CheckKind.IDENTITY,
            CheckKind.RIGHT_TO_WORK,
            CheckKind.SAFEGUARDING_TRAINING,
            CheckKind.ENHANCED_DBS,
            CheckKind.BARRED_LIST,
            CheckKind.REFERENCES,
        }

    def test_a_bookkeeper_is_not_looked_for_where_the_law_does_not_let_us(self) -> None:
        due = {one.kind for one in checks_due(regulated_activity=False, on=DAY)}

        assert due == {
            CheckKind.IDENTITY,
            CheckKind.RIGHT_TO_WORK,
            CheckKind.SAFEGUARDING_TRAINING,
        }

    def test_each_says_on_what_authority_and_whether_that_binds(self) -> None:
        binding = {
            one.kind: one.citation.binding for one in checks_due(regulated_activity=True, on=DAY)
        }

        assert binding[CheckKind.BARRED_LIST]
        assert binding[CheckKind.RIGHT_TO_WORK]
        assert not binding[CheckKind.ENHANCED_DBS]

    def test_checks_rest_on_the_first_standard_and_training_on_the_fourth(self) -> None:
        provisions = {
            one.kind: one.citation.provision for one in checks_due(regulated_activity=True, on=DAY)
        }

        assert provisions[CheckKind.REFERENCES] == "standard 1.1"
        assert provisions[CheckKind.SAFEGUARDING_TRAINING] == "standard 1.4"

    def test_before_the_standards_nobody_said_what_is_due(self) -> None:
        assert checks_due(regulated_activity=True, on=date(2025, 9, 1))
        with pytest.raises(NotInForceError):
            checks_due(regulated_activity=True, on=date(2025, 8, 31))
