"""Listings: applications, proposals and their confirmation, moves; each site's standing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0017"
down_revision = "0016"

TABLES = (
    "listings",
    "listing_proposals",
    "listing_questions",
    "walk_back_matches",
    "listing_moves",
)


def upgrade() -> None:
    add_listings()
    add_listing_proposals()
    add_listing_questions()
    add_walk_back_matches()
    add_listing_moves()
    guard_moves()
    say_whose_listings_are()
    protect_rows()
    grant()
    convert()


def add_listings() -> None:
    op.create_table(
        "listings",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("site_id", sa.UUID(), nullable=False),
        sa.Column("la_code", sa.Text(), nullable=False, comment="The local authority that decides"),
        sa.Column(
            "basis", sa.Text(), nullable=False, comment="Whence it came: application, transition …"
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="Where it stood when it last moved"),
        sa.Column("state_since", sa.Date(), nullable=False, comment="The first day of that state"),
        sa.Column("next_state", sa.Text(), nullable=True, comment="Announced for a later day"),
        sa.Column("next_on", sa.Date(), nullable=True, comment="The first day of the next state"),
        sa.Column(
            "listed_on",
            sa.Date(),
            nullable=True,
            comment="Its first day on the register; empty: never public",
        ),
        sa.Column(
            "standards_version_id",
            sa.UUID(),
            nullable=True,
            comment="The version of the minimum standards it is held against",
        ),
        sa.Column("age_from", sa.SmallInteger(), nullable=True, comment="Scope: youngest, years"),
        sa.Column("age_to", sa.SmallInteger(), nullable=True, comment="Scope: oldest, years"),
        sa.Column(
            "key_stages",
            postgresql.ARRAY(sa.SmallInteger()),
            nullable=False,
            comment="Scope: 1 to 5",
        ),
        sa.Column(
            "needs",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Scope: SEN need codes (DfE)",
        ),
        sa.Column(
            "programmes",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Scope: what was seen",
        ),
        sa.Column("seen_on", sa.Date(), nullable=True, comment="When somebody looked"),
        sa.Column("seen_how", sa.Text(), nullable=True, comment="visit, remote or papers"),
        sa.Column("review_due_on", sa.Date(), nullable=True, comment="When it is looked at again"),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.UUID(), nullable=True, comment="The person who began it"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "(state IN ('listed', 'listed-with-actions', 'under-review', 'suspended') OR state = 'removed') <= (listed_on IS NOT NULL)",
            name=op.f("listings_listed_some_day_check"),
        ),
        sa.CheckConstraint(
            "basis IN ('application', 'transition', 'conversion', 'operator')",
            name=op.f("listings_basis_known_check"),
        ),
        sa.CheckConstraint(
            "next_state IN ('draft', 'submitted', 'in-assessment', 'listed', 'listed-with-actions', 'under-review', 'suspended', 'removed', 'closed', 'refused')",
            name=op.f("listings_next_state_known_check"),
        ),
        sa.CheckConstraint(
            "seen_how IN ('visit', 'remote', 'papers')", name=op.f("listings_seen_how_known_check")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'in-assessment', 'listed', 'listed-with-actions', 'under-review', 'suspended', 'removed', 'closed', 'refused')",
            name=op.f("listings_state_known_check"),
        ),
        sa.CheckConstraint(
            "(next_state IS NULL) = (next_on IS NULL)", name=op.f("listings_next_state_dated_check")
        ),
        sa.CheckConstraint(
            "(seen_on IS NULL) = (seen_how IS NULL)", name=op.f("listings_seen_on_some_day_check")
        ),
        sa.CheckConstraint("age_from BETWEEN 2 AND 25", name=op.f("listings_age_from_range_check")),
        sa.CheckConstraint(
            "age_to BETWEEN age_from AND 25", name=op.f("listings_age_to_range_check")
        ),
        sa.ForeignKeyConstraint(
            ["la_code"], ["local_authorities.la_code"], name=op.f("listings_la_code_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("listings_provider_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["standards_version_id"],
            ["standards_versions.id"],
            name=op.f("listings_standards_version_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("listings_site_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("listings_pkey")),
    )
    op.create_index(
        "listings_applying_key",
        "listings",
        ["site_id"],
        unique=True,
        postgresql_where="state IN ('draft', 'submitted', 'in-assessment')",
    )
    op.create_index(
        "listings_la_code_state_idx", "listings", ["la_code", "state", "id"], unique=False
    )
    op.create_index(
        "listings_next_on_idx",
        "listings",
        ["next_on"],
        unique=False,
        postgresql_where="next_on IS NOT NULL",
    )
    op.create_index(
        "listings_on_register_key",
        "listings",
        ["site_id"],
        unique=True,
        postgresql_where="state IN ('listed', 'listed-with-actions', 'under-review', 'suspended')",
    )
    op.create_index(op.f("listings_provider_id_idx"), "listings", ["provider_id"], unique=False)
    op.create_index(op.f("listings_site_id_idx"), "listings", ["site_id"], unique=False)
    op.create_index(
        op.f("listings_standards_version_id_idx"),
        "listings",
        ["standards_version_id"],
        unique=False,
    )


def add_listing_proposals() -> None:
    op.create_table(
        "listing_proposals",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("listing_id", sa.UUID(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why, in full; never public"),
        sa.Column("public_reason", sa.Text(), nullable=True),
        sa.Column(
            "scope",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="What was seen and when, where it changes: the scope's columns by name",
        ),
        sa.Column("proposed_by", sa.UUID(), nullable=False),
        sa.Column("proposed_by_name", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True, comment="Empty while it is open"),
        sa.Column("settled_by", sa.UUID(), nullable=True),
        sa.Column("settled_by_name", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('confirmed', 'declined', 'withdrawn', 'overtaken')",
            name=op.f("listing_proposals_outcome_known_check"),
        ),
        sa.CheckConstraint(
            "outcome NOT IN ('confirmed', 'declined') OR (settled_by IS NOT NULL AND settled_by <> proposed_by)",
            name=op.f("listing_proposals_by_two_people_check"),
        ),
        sa.CheckConstraint(
            "public_reason IN ('assessment', 'recent-local-check', 'actions-agreed', 'actions-completed', 'evidence-out-of-date', 'being-looked-into', 'standards-not-met', 'provider-asked', 'no-longer-operating', 'replaced-by-later-listing', 'decision-reviewed', 'administrative')",
            name=op.f("listing_proposals_public_reason_known_check"),
        ),
        sa.CheckConstraint(
            "to_state IN ('draft', 'submitted', 'in-assessment', 'listed', 'listed-with-actions', 'under-review', 'suspended', 'removed', 'closed', 'refused')",
            name=op.f("listing_proposals_to_state_known_check"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (settled_at IS NULL)",
            name=op.f("listing_proposals_settled_some_time_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(reason)) > 0", name=op.f("listing_proposals_reasoned_check")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("listing_proposals_listing_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("listing_proposals_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["people.id"], name=op.f("listing_proposals_proposed_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["people.id"], name=op.f("listing_proposals_settled_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("listing_proposals_pkey")),
    )
    op.create_index(
        op.f("listing_proposals_listing_id_idx"), "listing_proposals", ["listing_id"], unique=False
    )
    op.create_index(
        "listing_proposals_open_key",
        "listing_proposals",
        ["listing_id"],
        unique=True,
        postgresql_where="outcome IS NULL",
    )
    op.create_index(
        op.f("listing_proposals_organisation_id_idx"),
        "listing_proposals",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("listing_proposals_proposed_by_idx"),
        "listing_proposals",
        ["proposed_by"],
        unique=False,
    )
    op.create_index(
        op.f("listing_proposals_settled_by_idx"), "listing_proposals", ["settled_by"], unique=False
    )


def add_listing_questions() -> None:
    op.create_table(
        "listing_questions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("listing_id", sa.UUID(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.UUID(), nullable=False),
        sa.Column("asked_by_name", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.UUID(), nullable=True),
        sa.Column("answered_by_name", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)",
            name=op.f("listing_questions_answered_some_time_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(question)) > 0", name=op.f("listing_questions_asked_check")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("listing_questions_answered_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["people.id"], name=op.f("listing_questions_asked_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("listing_questions_listing_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("listing_questions_pkey")),
    )
    op.create_index(
        op.f("listing_questions_answered_by_idx"),
        "listing_questions",
        ["answered_by"],
        unique=False,
    )
    op.create_index(
        op.f("listing_questions_asked_by_idx"), "listing_questions", ["asked_by"], unique=False
    )
    op.create_index(
        op.f("listing_questions_listing_id_idx"), "listing_questions", ["listing_id"], unique=False
    )


def add_walk_back_matches() -> None:
    op.create_table(
        "walk_back_matches",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("listing_id", sa.UUID(), nullable=False),
        sa.Column("other_provider_id", sa.UUID(), nullable=False),
        sa.Column(
            "grounds",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="What they share, by kind",
        ),
        sa.Column(
            "score",
            sa.Numeric(precision=4, scale=3),
            nullable=False,
            comment="How telling it is, 0 to 1",
        ),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judgement", sa.Text(), nullable=True, comment="Empty until an assessor judged"),
        sa.Column("judged_by", sa.UUID(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "judgement IN ('same-people', 'connected', 'unrelated')",
            name=op.f("walk_back_matches_judgement_known_check"),
        ),
        sa.CheckConstraint(
            "(judgement IS NULL) = (judged_at IS NULL) AND (judgement IS NULL) = (judged_reason IS NULL)",
            name=op.f("walk_back_matches_judged_with_reason_check"),
        ),
        sa.CheckConstraint(
            "score BETWEEN 0 AND 1", name=op.f("walk_back_matches_score_range_check")
        ),
        sa.ForeignKeyConstraint(
            ["judged_by"], ["people.id"], name=op.f("walk_back_matches_judged_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("walk_back_matches_listing_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["other_provider_id"],
            ["providers.id"],
            name=op.f("walk_back_matches_other_provider_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("walk_back_matches_pkey")),
        sa.UniqueConstraint(
            "listing_id",
            "other_provider_id",
            name=op.f("walk_back_matches_listing_id_other_provider_id_key"),
        ),
    )
    op.create_index(
        op.f("walk_back_matches_judged_by_idx"), "walk_back_matches", ["judged_by"], unique=False
    )
    op.create_index(
        op.f("walk_back_matches_other_provider_id_idx"),
        "walk_back_matches",
        ["other_provider_id"],
        unique=False,
    )


def add_listing_moves() -> None:
    op.create_table(
        "listing_moves",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("listing_id", sa.UUID(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=True, comment="Empty for the first"),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False, comment="The day from which it holds"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why, in full; never public"),
        sa.Column("public_reason", sa.Text(), nullable=True, comment="Why, of a closed list"),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.UUID(), nullable=True, comment="Who decided, or proposed"),
        sa.Column("actor_name", sa.Text(), nullable=False, comment="As it was then; never public"),
        sa.Column("organisation_id", sa.UUID(), nullable=True, comment="For whom they acted"),
        sa.Column("second_actor_id", sa.UUID(), nullable=True, comment="Who confirmed"),
        sa.Column("second_actor_name", sa.Text(), nullable=True),
        sa.Column("proposal_id", sa.UUID(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "actor_kind IN ('person', 'machine', 'operator', 'system')",
            name=op.f("listing_moves_actor_kind_known_check"),
        ),
        sa.CheckConstraint(
            "from_state IN ('draft', 'submitted', 'in-assessment', 'listed', 'listed-with-actions', 'under-review', 'suspended', 'removed', 'closed', 'refused')",
            name=op.f("listing_moves_from_state_known_check"),
        ),
        sa.CheckConstraint(
            "public_reason IN ('assessment', 'recent-local-check', 'actions-agreed', 'actions-completed', 'evidence-out-of-date', 'being-looked-into', 'standards-not-met', 'provider-asked', 'no-longer-operating', 'replaced-by-later-listing', 'decision-reviewed', 'administrative')",
            name=op.f("listing_moves_public_reason_known_check"),
        ),
        sa.CheckConstraint(
            "to_state IN ('draft', 'submitted', 'in-assessment', 'listed', 'listed-with-actions', 'under-review', 'suspended', 'removed', 'closed', 'refused')",
            name=op.f("listing_moves_to_state_known_check"),
        ),
        sa.CheckConstraint(
            "to_state NOT IN ('listed', 'listed-with-actions', 'refused', 'removed') OR second_actor_id IS NOT NULL OR actor_kind IN ('operator', 'system')",
            name=op.f("listing_moves_nobody_alone_check"),
        ),
        sa.CheckConstraint("length(btrim(reason)) > 0", name=op.f("listing_moves_reasoned_check")),
        sa.CheckConstraint(
            "second_actor_id <> actor_id", name=op.f("listing_moves_by_two_people_check")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("listing_moves_listing_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("listing_moves_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["listing_proposals.id"], name=op.f("listing_moves_proposal_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("listing_moves_pkey")),
    )
    op.create_index(
        "listing_moves_listing_id_idx",
        "listing_moves",
        ["listing_id", "recorded_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("listing_moves_organisation_id_idx"),
        "listing_moves",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("listing_moves_proposal_id_idx"), "listing_moves", ["proposal_id"], unique=False
    )


def guard_moves() -> None:
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON listing_moves "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER never_emptied BEFORE TRUNCATE ON listing_moves "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    # A listing stands nowhere but where its newest move led it.
    op.execute(
        """
        CREATE FUNCTION refuse_unexplained_state() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        DECLARE newest text;
        BEGIN
          SELECT m.to_state INTO newest FROM listing_moves m WHERE m.listing_id = NEW.id
          ORDER BY m.recorded_at DESC, m.id DESC LIMIT 1;
          IF (NEW.state <> OLD.state AND newest IS DISTINCT FROM NEW.state)
             OR (NEW.next_state IS DISTINCT FROM OLD.next_state AND NEW.next_state IS NOT NULL
                 AND newest IS DISTINCT FROM NEW.next_state) THEN
            RAISE EXCEPTION 'a listing cannot become % without a move that says so',
              coalesce(NEW.next_state, NEW.state)
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER explained BEFORE UPDATE ON listings "
        "FOR EACH ROW EXECUTE FUNCTION refuse_unexplained_state()"
    )
    # Nobody names a colleague as the one who proposed, or confirmed, what they did not.
    op.execute(
        """
        CREATE FUNCTION refuse_unproposed_move() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          IF NEW.second_actor_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM listing_proposals p WHERE p.id = NEW.proposal_id
            AND p.listing_id = NEW.listing_id AND p.to_state = NEW.to_state
            AND p.outcome = 'confirmed' AND p.proposed_by = NEW.actor_id
            AND p.settled_by = NEW.second_actor_id) THEN
            RAISE EXCEPTION 'no confirmed proposal says so'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    for name in ("refuse_unexplained_state", "refuse_unproposed_move"):
        op.execute(f"REVOKE ALL ON FUNCTION {name}() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER proposed BEFORE INSERT ON listing_moves "
        "FOR EACH ROW EXECUTE FUNCTION refuse_unproposed_move()"
    )


def say_whose_listings_are() -> None:
    for verb in ("owns", "judges", "answers_for"):
        function(
            f"{verb}_listing(listing uuid)",
            "boolean",
            "SELECT EXISTS (SELECT FROM listings l WHERE l.id = listing "
            f"AND {verb}_provider(l.provider_id))",
            "app",
        )


def protect_rows() -> None:
    protect(*TABLES)
    allow_all_rows("operator", "sees adds changes", *TABLES)
    allow_all_rows("publisher", "sees", "listings", "listing_moves")
    allow_all_rows("worker", "sees changes", "listings")
    allow_all_rows("worker", "sees adds", "listing_moves")
    looks = "owns_listing(listing_id) OR answers_for_listing(listing_id)"
    owns, judges = "owns_provider(provider_id)", "judges_provider(provider_id)"
    allow("app", "sees", "listings", f"{owns} OR answers_for_provider(provider_id)")
    allow(
        "app",
        "adds",
        "listings",
        f"listed_on IS NULL AND ((basis = 'application' AND state = 'draft' AND {owns}) "
        f"OR (basis = 'transition' AND state = 'in-assessment' AND {judges}))",
    )
    allow("app", "changes", "listings", f"{owns} OR {judges}")
    allow("app", "sees", "listing_moves", looks)
    allow(
        "app",
        "adds",
        "listing_moves",
        "actor_kind = 'person' AND ((actor_id = acting_person() AND second_actor_id IS NULL "
        "AND owns_listing(listing_id) AND to_state IN ('draft', 'submitted', 'closed')) "
        "OR (acting_person() IN (actor_id, second_actor_id) AND judges_listing(listing_id)))",
    )
    allow("app", "sees", "listing_proposals", "answers_for_listing(listing_id)")
    allow(
        "app",
        "adds",
        "listing_proposals",
        "proposed_by = acting_person() AND outcome IS NULL AND judges_listing(listing_id)",
    )
    allow("app", "changes", "listing_proposals", "judges_listing(listing_id)")
    allow("app", "sees", "listing_questions", looks)
    allow(
        "app",
        "adds",
        "listing_questions",
        "asked_by = acting_person() AND answer IS NULL AND judges_listing(listing_id)",
    )
    allow("app", "changes", "listing_questions", "owns_listing(listing_id)")
    allow("app", "sees", "walk_back_matches", "answers_for_listing(listing_id)")
    allow(
        "app", "adds", "walk_back_matches", "owns_listing(listing_id) OR judges_listing(listing_id)"
    )
    allow("app", "changes", "walk_back_matches", "judges_listing(listing_id)")


def grant() -> None:
    app, operator = role("app"), role("operator")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {', '.join(TABLES)} TO {operator}")
    op.execute(f"GRANT SELECT, INSERT ON {', '.join(TABLES)} TO {app}")
    changed = {
        "listings": "la_code, state, state_since, next_state, next_on, listed_on, "
        "standards_version_id, age_from, age_to, key_stages, needs, programmes, seen_on, seen_how, "
        "review_due_on, submitted_at, version",
        "listing_proposals": "outcome, settled_by, settled_by_name, settled_at, settled_reason",
        "listing_questions": "answer, answered_by, answered_by_name, answered_at",
        "walk_back_matches": "grounds, score, found_at, judgement, judged_by, judged_at, "
        "judged_reason",
    }
    for table, columns in changed.items():
        op.execute(f"GRANT UPDATE ({columns}) ON {table} TO {app}")
    op.execute(f"GRANT SELECT ON listings TO {role('publisher')}, {role('worker')}")
    op.execute(
        "GRANT SELECT (id, listing_id, from_state, to_state, effective_on, public_reason, "
        f"recorded_at) ON listing_moves TO {role('publisher')}"
    )
    op.execute(f"GRANT SELECT, INSERT ON listing_moves TO {role('worker')}")
    op.execute(
        "GRANT UPDATE (state, state_since, next_state, next_on, version) ON listings "
        f"TO {role('worker')}"
    )


def convert() -> None:
    """Give every site of a provider that is public a listing that stands where the provider does."""
    op.execute(
        """
        INSERT INTO listings (id, provider_id, site_id, la_code, basis, state, state_since,
          listed_on, key_stages, needs, programmes, made_at, version)
        SELECT gen_random_uuid(), p.id, s.id, s.la_code, 'conversion', p.status, p.status_since,
          coalesce((SELECT min(c.effective_on) FROM provider_status_changes c
                    WHERE c.provider_id = p.id), p.status_since), '{}', '{}', '{}', now(), 1
        FROM providers p JOIN sites s ON s.provider_id = p.id WHERE p.status <> 'known'
        """
    )
    op.execute(
        """
        INSERT INTO listing_moves (id, listing_id, from_state, to_state, effective_on, reason,
          actor_kind, actor_name, recorded_at)
        SELECT gen_random_uuid(), l.id, NULL, l.state, l.state_since,
          'Taken over from the standing the provider had as a whole.', 'system', 'migration', now()
        FROM listings l
        """
    )


def downgrade() -> None:
    for table in reversed(("listings", "listing_proposals", *TABLES[2:])):
        op.execute(f"DROP TABLE IF EXISTS {table} CASCADE")
    for verb in ("owns", "judges", "answers_for"):
        op.execute(f"DROP FUNCTION {verb}_listing(uuid)")
    op.execute("DROP FUNCTION refuse_unexplained_state()")
    op.execute("DROP FUNCTION refuse_unproposed_move()")
