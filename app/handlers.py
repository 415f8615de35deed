"""The one table of who reacts to what.

`INSIDE` handlers run in the transaction that announced the event, before it commits: if one fails,
nothing happened. What must happen afterwards is asked for there as a job, which a worker does by
`jobs`; what comes round by itself is in `SCHEDULES`.
"""

from collections.abc import Sequence

from app.assessments.service import assessing
from app.attendance.service import watching
from app.children.events import ChildChanged, ChildErased
from app.children.service.noting import JOURNAL, note_erasures
from app.concerns.events import ConcernRaised
from app.config import Settings
from app.db.events import InsideHandlers, WriteSession
from app.files import caring as file_care
from app.files import service as file_service
from app.files.events import FileSpoiled
from app.files.filing import filing_of
from app.funding.service import following as funding_follows
from app.inspections.service import drafting, reliances
from app.inspections.service import turning as outcome_turning
from app.inspections.service.settling import settle_outcomes
from app.inspections.service.suspensions import note_suspensions
from app.keyring.ring import Keyring
from app.notifications import attendance as attendance_mail
from app.notifications import follow_ups as follow_up_mail
from app.notifications import inspections as inspection_notices
from app.notifications import reliances as reliance_mail
from app.notifications import reminders
from app.notifications import reviews as review_mail
from app.notifications.mail import mailer_of
from app.notifications.service import send_link
from app.organisations.events import LinkMade
from app.organisations.service import signing_keys
from app.organisations.service.clearing import clear_sign_in
from app.outbox.clearing import clear_idempotency_keys, clear_jobs
from app.outbox.schedules import daily, every
from app.outbox.service import enqueue_each
from app.outbox.terms import JobHandlers, Payload, Schedule
from app.oversight.service import chasing, opening
from app.placements.events import PlacementEnded, PlacementRecorded, TimetableChanged
from app.placements.service import changing as placement_changes
from app.placements.service import elsewhere, retaining, sweeping
from app.providers.events import ListingSuspended, ProviderChanged
from app.providers.service.documents import note_spoiled_files
from app.providers.service.standing import settle_changed
from app.providers.service.turning import TURN, turn_day
from app.register import renditions
from app.register.events import NeighbourPublished
from app.register.publishing import publish_changed, publish_neighbour
from app.reviews.service import due as review_due
from app.reviews.service import opening as review_opening
from app.safeguarding.service import beginning as duties_beginning
from app.safeguarding.service import sweeping as safeguarding_sweep
from app.standards.events import RulesPublished

INSIDE: InsideHandlers = {
    ProviderChanged: (settle_changed, settle_outcomes, publish_changed, review_opening.ask_to_look),
    ListingSuspended: (note_suspensions, review_opening.ask_for_suspension),
    ConcernRaised: (review_opening.ask_for_concern,),
    FileSpoiled: (note_spoiled_files,),
    NeighbourPublished: (enqueue_each("register.neighbour"),),
    RulesPublished: (outcome_turning.foretell,),
    TimetableChanged: (funding_follows.follow_hours, elsewhere.ask_to_compare),
    ChildChanged: (placement_changes.follow_links, opening.follow_circumstances),
    ChildErased: (
        *(placement_changes.refuse_while_placed, opening.leave_areas),
        assessing.withdraw_of_erased,
    ),
    PlacementRecorded: (
        *(duties_beginning.begin, elsewhere.ask_to_compare),
        *(review_due.ask_for_first, review_opening.ask_to_watch),
    ),
    PlacementEnded: (opening.follow_end, review_due.ask_no_more),
    LinkMade: (enqueue_each("mail.link"),),
}

SCHEDULES: Sequence[Schedule] = (
    daily(TURN, "00:00"),
    daily(outcome_turning.TURN, "00:00"),
    daily(drafting.CLOSE_COMMENTS, "00:10"),
    daily(reliances.LAPSE, "00:20"),
    daily(sweeping.SWEEP, "00:40"),
    daily(funding_follows.NOTE, "00:50"),
    daily(retaining.RETAIN, "02:10"),
    daily(review_opening.SWEEP, "01:00"),
    daily("jobs.clear", "03:10"),
    daily("signing_keys.rotate", "03:20"),
    daily(file_care.SWEEP, "03:40"),
    daily(reminders.REMIND, "07:30"),
    daily(chasing.CHASE, "07:40"),
    every(watching.WATCH, watching.EVERY_MINUTES),
    every(safeguarding_sweep.SWEEP, safeguarding_sweep.EVERY_MINUTES),
    every(renditions.KEEP, 15),
    every("idempotency.clear", 60),
    every("sign_in.clear", 60),
)


def jobs(settings: Settings, keyring: Keyring) -> JobHandlers:
    """Return who does which kind of job; what a handler needs beside its payload is closed over.

    Raises:
        ConfigurationError: mail cannot be sent, or files not kept, as configured.
    """
    filing, mailer = filing_of(settings), mailer_of(settings)

    async def rotate_signing_keys(session: WriteSession, _: Payload) -> None:
        await signing_keys.rotate(session, keyring)

    return {
        "mail.link": send_link(settings, keyring, mailer),
        reminders.REMIND: reminders.remind,
        reminders.MAIL_EVIDENCE: reminders.mail_evidence(settings, mailer),
        reminders.MAIL_CONFIRMATION: reminders.mail_confirmation(settings, mailer),
        file_service.SCAN: file_care.scan_later(filing),
        file_care.REMOVE: file_care.remove_content(filing),
        file_care.SWEEP: file_care.sweep(filing),
        TURN: turn_day,
        outcome_turning.TURN: outcome_turning.turn_outcomes,
        drafting.CLOSE_COMMENTS: drafting.close_due_comments,
        drafting.TELL: inspection_notices.tell,
        inspection_notices.MAIL: inspection_notices.mail(settings, mailer),
        reliances.LAPSE: reliances.lapse,
        reliances.MAIL_ENDED: reliance_mail.mail_ended(settings, mailer),
        sweeping.SWEEP: sweeping.sweep_settings,
        elsewhere.COMPARE: elsewhere.compare_weeks,
        funding_follows.NOTE: funding_follows.note_interim_payers,
        chasing.CHASE: chasing.chase,
        review_opening.LOOK: review_opening.look,
        review_opening.OPEN: review_opening.open_for,
        review_opening.SWEEP: review_opening.sweep,
        review_opening.MAIL: review_mail.mail(settings, mailer),
        chasing.MAIL: follow_up_mail.mail(settings, mailer),
        watching.WATCH: watching.watch,
        safeguarding_sweep.SWEEP: safeguarding_sweep.sweep,
        watching.MAIL: attendance_mail.mail_alert(settings, mailer),
        retaining.RETAIN: retaining.erase_over,
        JOURNAL: note_erasures(settings),
        "register.neighbour": publish_neighbour,
        renditions.KEEP: renditions.keep_files(settings, filing),
        renditions.MAKE: renditions.make_file(settings, filing),
        renditions.DROP: renditions.drop_file(filing),
        "jobs.clear": clear_jobs,
        "idempotency.clear": clear_idempotency_keys,
        "sign_in.clear": clear_sign_in,
        "signing_keys.rotate": rotate_signing_keys,
    }
