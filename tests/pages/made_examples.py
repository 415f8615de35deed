"""Pages of people who are signed in, or are about to be, made of hostile words, and bare."""

from app.notices.schemas.notices import NoticeSection
from app.pages import form_page_view, part_view
from app.pages.accounts import (
    account_view,
    acts_view,
    invitation_view,
    inviting_view,
    machines_view,
    organisation_view,
    people_view,
    second_factor_view,
    sign_in_view,
)
from app.pages.commissioning import finding, notices_view, options_view
from app.pages.form_page_view import FormAsked, FormPageView, Part, build_form_page
from app.pages.officers import known_providers_view
from app.pages.officers import records_view as officer_records_view
from app.pages.owners import claims_view, records_view
from app.pages.owners import sharing_view as record_sharing_view
from app.pages.questions import Kind, Question
from app.pages.view_models import ActionLink, Fact, Frame
from tests.pages.answers import HOSTILE
from tests.pages.made_views import ADDRESS, made

VIEWS: dict[str, type] = {
    "account.html": account_view.AccountView,
    "acts.html": acts_view.ActsView,
    "add_machine.html": machines_view.AddMachineView,
    "choose_organisation.html": sign_in_view.ChooseView,
    "claim.html": claims_view.ClaimView,
    "contact.html": people_view.ContactView,
    "find_organisation.html": record_sharing_view.FoundView,
    "find_setting.html": finding.FindingView,
    "follow_link.html": second_factor_view.FollowLinkView,
    "form_page.html": form_page_view.FormPageView,
    "invitation.html": invitation_view.InvitationView,
    "invite.html": inviting_view.InviteView,
    "known_providers.html": known_providers_view.KnownProvidersView,
    "link_sent.html": second_factor_view.LinkSentView,
    "machine.html": machines_view.MachineView,
    "machines.html": machines_view.MachinesView,
    "member.html": people_view.MemberView,
    "notice.html": notices_view.LetterView,
    "officer_record.html": officer_records_view.RecordView,
    "officer_records.html": officer_records_view.RecordsView,
    "organisation.html": organisation_view.OrganisationView,
    "own_name.html": account_view.OwnNameView,
    "people.html": people_view.PeopleView,
    "record.html": records_view.RecordView,
    "record_part.html": part_view.PartView,
    "records.html": records_view.RecordsView,
    "roles.html": people_view.RolesView,
    "second_factor.html": second_factor_view.SecondFactorView,
    "sent_invitation.html": inviting_view.SentInvitationView,
    "set_up.html": second_factor_view.SetUpView,
    "shown_secret.html": machines_view.ShownSecretView,
    "side_by_side.html": options_view.SideView,
    "sign_in.html": sign_in_view.SignInView,
    "signed_out.html": sign_in_view.SignedOutView,
}
"""What each template is given."""
TOLD: dict[str, dict[str, object]] = {
    "acts.html": {"kept": ((HOSTILE, HOSTILE),), "by_them": ADDRESS, "to_it": ADDRESS},
    "find_organisation.html": {"found": ((HOSTILE, HOSTILE, ADDRESS),)},
    "notice.html": {"sections": (NoticeSection(heading=HOSTILE, lines=[HOSTILE]),)},
    "set_up.html": {"picture": "/static/picture.svg"},
}
"""What types do not tell."""


def made_pages() -> dict[str, tuple[str, object]]:
    """Return each page with everything there may be, and bare: its template and its view."""
    pages: dict[str, tuple[str, object]] = {}
    for template, kind in VIEWS.items():
        told = TOLD.get(template, {})
        name = template.removesuffix(".html").replace("_", "-")
        if kind is not FormPageView:
            pages[f"{name}-hostile"] = (template, made(kind, told))
            pages[f"{name}-bare"] = (template, made(kind, told, bare=True))
    pages["form-page-hostile"] = ("form_page.html", form_page())
    bare = FormAsked(HOSTILE, None, ActionLink(HOSTILE, ADDRESS))
    pages["form-page-bare"] = (
        "form_page.html",
        build_form_page(Frame(demonstration=True), bare, {}, None),
    )
    return pages


def form_page() -> FormPageView:
    """Return a form with every kind of question, full of hostile words."""
    questions = tuple(
        Question(
            kind.value, HOSTILE, HOSTILE, kind, HOSTILE, ((HOSTILE, HOSTILE), ("b", "Another"))
        )
        for kind in Kind
    )
    asked = FormAsked(
        heading=HOSTILE,
        parts=(Part(questions, HOSTILE, HOSTILE, together=True), Part(())),
        button=HOSTILE,
        back=ActionLink(HOSTILE, ADDRESS),
        paragraphs=(HOSTILE,),
        facts=(Fact(HOSTILE, (HOSTILE, HOSTILE)),),
        inset=HOSTILE,
        warning=HOSTILE,
        further=ActionLink(HOSTILE, ADDRESS),
    )
    typed = {question.name: [HOSTILE] for question in questions}
    return build_form_page(Frame(demonstration=True), asked, typed, 1)
