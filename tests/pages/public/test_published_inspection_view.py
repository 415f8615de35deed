from app.inspections.terms import ActionState, AppealDecision, EvidenceMethod, Judgement
from app.pages import inspection_wording
from app.pages.public import published_inspection_view as view
from tests.pages.inspection_examples import published_view, quiet_view


def test_every_code_has_words() -> None:
    assert set(inspection_wording.JUDGEMENTS) == set(Judgement)
    assert set(inspection_wording.METHODS) == set(EvidenceMethod)
    assert set(view.ACTIONS) == set(ActionState)
    assert set(view.DECISIONS) == set(AppealDecision)


def test_what_the_provider_says_and_does_stands_with_the_finding() -> None:
    (site,) = published_view().sites
    found, unseen = site.findings

    assert (found.label, found.reply) == ("Partly met", ("Two files lacked a date.",))
    assert found.seen == "Seen on the spot on 1 September 2026; nobody looked anew"
    assert found.action is not None
    assert found.action.endswith("overdue since 1 October 2026.")
    assert (unseen.seen, unseen.reply, unseen.action) == (None, (), None)


def test_what_is_open_and_what_was_corrected_is_said_first() -> None:
    notices = published_view().notices

    assert notices[0].endswith("version 3 stands in its place.")
    assert notices[-1] == "Decide with caution: what is said here may yet change."
    assert quiet_view().notices == ()


def test_what_followed_is_told_with_its_days_and_every_version_is_a_link() -> None:
    told = published_view()

    assert told.follows[0].startswith("Appealed on 2 September 2026; upheld in part on")
    assert told.follows[1] == "Appealed on 2 September 2026, to be decided by 1 October 2026."
    assert told.follows[2].endswith("it is number 3 of those asked for.")
    assert [one.href.rsplit("?", 1)[1] for one in told.versions] == ["version=1", "version=2"]
    assert quiet_view().versions == ()
