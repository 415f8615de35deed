SELECT pg_catalog.set_config('search_path', '', false);

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';

CREATE FUNCTION public.acting_machine() RETURNS uuid
    LANGUAGE sql STABLE
    AS $$ SELECT NULLIF(current_setting('app.machine_id', true), '')::uuid $$;

CREATE FUNCTION public.acting_organisation() RETURNS uuid
    LANGUAGE sql STABLE
    AS $$ SELECT NULLIF(current_setting('app.organisation_id', true), '')::uuid $$;

CREATE FUNCTION public.acting_person() RETURNS uuid
    LANGUAGE sql STABLE
    AS $$ SELECT NULLIF(current_setting('app.person_id', true), '')::uuid $$;

CREATE FUNCTION public.acts_for_child(child uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM children c WHERE c.id = child
                       AND c.commissioner_id = ANY (organisations_acted_for()))
         $$;

CREATE FUNCTION public.acts_for_commissioner() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM organisations o WHERE o.id = acting_organisation()
          AND o.kind IN ('local-authority', 'local-authority-team', 'school', 'trust',
                         'federation', 'department'))
         $$;

CREATE FUNCTION public.acts_for_department() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ SELECT EXISTS (SELECT FROM organisations o WHERE o.id = acting_organisation() AND o.kind = 'department') $$;

CREATE FUNCTION public.acts_within(organisation uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        WITH RECURSIVE upwards AS (
          SELECT o.id, o.parent_id FROM organisations o WHERE o.id = organisation
          UNION SELECT o.id, o.parent_id FROM organisations o JOIN upwards u ON o.id = u.parent_id
        ) SELECT EXISTS (SELECT FROM upwards WHERE id = acting_organisation())
         $$;

CREATE FUNCTION public.administers(organisation uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT acts_within(organisation) AND EXISTS (
          SELECT FROM memberships m WHERE m.person_id = acting_person() AND m.ended_at IS NULL
            AND m.organisation_id = acting_organisation() AND 'administrator' = ANY (m.roles))
         $$;

CREATE FUNCTION public.administers_invitation(invitation uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM invitations i WHERE i.id = invitation
          AND administers(i.organisation_id))
         $$;

CREATE FUNCTION public.administers_machine(machine uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ SELECT EXISTS (SELECT FROM machines m WHERE m.id = machine AND administers(m.organisation_id)) $$;

CREATE FUNCTION public.alert_recipients(alert uuid) RETURNS TABLE(person_id uuid, name text, email text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        WITH told AS (SELECT p.commissioner_id, (SELECT c.person_id FROM attendance_contacts c
            WHERE c.placement_id = p.id ORDER BY c.id DESC LIMIT 1) AS contact
          FROM attendance_alerts a JOIN placements p ON p.id = a.placement_id WHERE a.id = alert),
        members AS (SELECT m.person_id, m.roles, m.person_id = t.contact AS agreed
          FROM told t JOIN memberships m ON m.organisation_id = t.commissioner_id
          WHERE m.ended_at IS NULL)
        SELECT m.person_id, p.name, c.email FROM members m JOIN people p ON p.id = m.person_id
        JOIN person_contacts c ON c.person_id = m.person_id
        WHERE coalesce(m.agreed, false) OR (NOT EXISTS (SELECT FROM members x WHERE x.agreed)
          AND m.roles && ARRAY['commissioner', 'designated-safeguarding-lead'])
        ORDER BY m.person_id
         $$;

CREATE FUNCTION public.amends_inspection(inspection uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT acting_person() IS NOT NULL AND EXISTS (SELECT FROM inspections i
          WHERE i.id = inspection AND NOT has_stake_in(i.provider_id)
            AND (i.body_id = ANY (organisations_acted_for())
              OR i.check_body_id = ANY (organisations_acted_for()) OR i.appeal_body_id = ANY (organisations_acted_for())
              OR coalesce(answers_for_provider(i.provider_id), false)))
         $$;

CREATE FUNCTION public.answers_for_listing(listing uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ SELECT EXISTS (SELECT FROM listings l WHERE l.id = listing AND answers_for_provider(l.provider_id)) $$;

CREATE FUNCTION public.answers_for_provider(provider uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT acts_for_department() OR (NULLIF(current_setting('app.la_code', true), '') <> '' AND (
          EXISTS (SELECT FROM sites s WHERE s.provider_id = provider
                  AND s.la_code = current_setting('app.la_code', true))
          OR EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider
                     AND k.la_code = current_setting('app.la_code', true))
      OR EXISTS (SELECT FROM providers p WHERE p.id = provider
                 AND answers_for_provider(p.merged_into))))
         $$;

CREATE FUNCTION public.answers_match(authority text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT CASE WHEN authority IS NULL THEN acts_for_department()
          ELSE authority = NULLIF(current_setting('app.la_code', true), '') END
         $$;

CREATE FUNCTION public.bodies_acted_as() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT coalesce(array_agg(o.id), '{}') FROM organisations o
        WHERE o.id = acting_organisation() OR (o.kind = 'local-authority'
          AND o.la_code = NULLIF(current_setting('app.la_code', true), ''))
         $$;

CREATE FUNCTION public.carry_findings(merge uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        #variable_conflict use_column
        DECLARE m merges; source uuid; target uuid;
        BEGIN
          SELECT * INTO m FROM merges g WHERE g.id = merge FOR UPDATE;
          IF m.state = 'merged' AND m.settled_by = acting_person() THEN
            source := m.absorbed_id; target := m.kept_id;
          ELSIF m.state = 'undone' AND m.undo_settled_by = acting_person() THEN
            source := m.kept_id; target := m.absorbed_id;
          ELSE
            RAISE EXCEPTION 'no merge settled just now says so'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          INSERT INTO provider_verifications (id, provider_id, subject_kind, subject_id, held, how,
              note, verified_on, person_id, person_name, organisation_id, recorded_at)
            SELECT gen_random_uuid(), target, f.subject_kind, f.subject_id, f.held, f.how, f.note,
              f.verified_on, f.person_id, f.person_name, f.organisation_id, f.recorded_at
            FROM provider_verifications f WHERE f.provider_id = source
            AND f.subject_id IN (SELECT v.row_id FROM merge_moves v
              WHERE v.merge_id = m.id AND v.table_name <> 'providers')
            AND NOT EXISTS (SELECT FROM provider_verifications k WHERE k.provider_id = target
              AND k.subject_id = f.subject_id AND k.recorded_at = f.recorded_at);
        END $$;

CREATE FUNCTION public.carry_renewals(merge uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        DECLARE m merges;
        BEGIN
          SELECT * INTO m FROM merges g WHERE g.id = merge FOR UPDATE;
          IF m.state IS DISTINCT FROM 'undone'
             OR m.undo_settled_by IS DISTINCT FROM acting_person() THEN
            RAISE EXCEPTION 'no parting confirmed just now says so'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          WITH RECURSIVE renewals AS (
            SELECT d.id FROM documents d WHERE d.provider_id = m.absorbed_id
            UNION SELECT d.id FROM documents d JOIN renewals r ON d.replaces_id = r.id)
          UPDATE documents d SET provider_id = m.absorbed_id FROM renewals r
            WHERE r.id = d.id AND d.provider_id = m.kept_id;
          UPDATE document_shares h SET provider_id = m.absorbed_id FROM documents d
            WHERE d.id = h.document_id AND d.provider_id = m.absorbed_id
            AND h.provider_id = m.kept_id;
        END $$;

CREATE FUNCTION public.checks_for_assessment(assessment uuid, site uuid, day date) RETURNS TABLE(id uuid, kind text, seen_on date, usable_until date)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT c.id, c.kind, c.seen_on, c.usable_until
        FROM assessments a JOIN site_checks c ON c.site_id = site AND c.withdrawn_at IS NULL
          AND c.seen_on <= day AND c.usable_until >= day
          AND (c.commissioner_id = a.commissioner_id OR (c.is_shared
               AND root_of(c.commissioner_id) = root_of(a.commissioner_id)))
        WHERE a.id = assessment AND may_see_assessment(assessment)
         $$;

CREATE FUNCTION public.checks_inspection(inspection uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT acting_person() IS NOT NULL AND EXISTS (SELECT FROM inspections i
          WHERE i.id = inspection AND NOT has_stake_in(i.provider_id)
            AND coalesce(i.check_body_id, i.body_id) = ANY (organisations_acted_for()))
         $$;

CREATE FUNCTION public.children_answered_for() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT coalesce(array_agg(n.child_id), '{}') FROM (
          SELECT child_id FROM child_circumstances
            WHERE home_la_code = NULLIF(current_setting('app.la_code', true), '')
          UNION SELECT child_id FROM child_circumstances
            WHERE plan_la_code = NULLIF(current_setting('app.la_code', true), '')
          UNION SELECT child_id FROM child_circumstances
            WHERE care_la_code = NULLIF(current_setting('app.la_code', true), '')
        ) n WHERE is_responsible_for_child(n.child_id)
         $$;

CREATE FUNCTION public.children_in_case(registration_case uuid, day date) RETURNS TABLE(child_link uuid, minutes integer, placed_elsewhere integer, said_elsewhere integer, birth_month date, has_plan boolean, is_looked_after boolean, has_sen boolean, at_a_setting boolean, lone_tutor boolean, found_up_to integer, commissioners text[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        WITH asked AS (SELECT r.provider_id AS institution FROM registration_cases r
          WHERE r.id = registration_case AND acts_for_department())
        SELECT told.* FROM asked, LATERAL (
          
        WITH here AS (
          SELECT c.child_link, sum(c.weekly_minutes)::integer AS minutes,
            max(c.minutes_elsewhere) AS said, bool_or(c.delivery = 'at-a-setting') AS at_a_setting,
            bool_or(c.delivery = 'lone-tutor') AS lone_tutor
          FROM commitments c
          WHERE c.site_id IN (SELECT institution_sites_of(institution)) AND c.period @> day
            AND true
          GROUP BY c.child_link
          
          
        ), each AS (
          SELECT child_link, sum(minutes)::integer AS minutes, max(said) AS said,
            bool_or(at_a_setting) AS at_a_setting, bool_or(lone_tutor) AS lone_tutor
          FROM here GROUP BY child_link
        )
 SELECT e.child_link, e.minutes,
          coalesce((SELECT sum(c.weekly_minutes)::integer FROM commitments c
            WHERE c.child_link = e.child_link AND c.period @> day
              AND true
              AND c.site_id NOT IN (SELECT institution_sites_of(institution))), 0),
          e.said, f.birth_month, coalesce(f.has_plan, false), coalesce(f.is_looked_after, false),
          coalesce(f.has_sen, false), e.at_a_setting, e.lone_tutor ,
          (SELECT CASE x.finding WHEN 'not-full-time' THEN x.weekly_minutes END
            FROM full_time_findings x JOIN registration_cases r ON r.id = x.case_id
            WHERE r.provider_id = institution AND x.child_link = e.child_link
              AND day BETWEEN x.since AND coalesce(x.until, 'infinity')
            ORDER BY x.id DESC LIMIT 1), (SELECT array_agg(DISTINCT o.name ORDER BY o.name)
            FROM commitments c JOIN organisations o ON o.id = c.commissioner_id
            WHERE c.child_link = e.child_link AND c.period @> day
              AND c.site_id IN (SELECT institution_sites_of(institution))) 
        FROM each e LEFT JOIN LATERAL (
          SELECT min(date_trunc('month', k.date_of_birth)::date) AS birth_month,
            bool_or(d.plan_la_code IS NOT NULL) AS has_plan,
            bool_or(d.care_la_code IS NOT NULL) AS is_looked_after, bool_or(d.has_sen) AS has_sen
          FROM child_links n JOIN children k ON k.id = n.child_id LEFT JOIN LATERAL (
            SELECT s.plan_la_code, s.care_la_code, s.has_sen FROM child_circumstances s
            WHERE s.child_id = k.id AND s.since <= day ORDER BY s.since DESC LIMIT 1) d ON true
          WHERE n.link_id = e.child_link
        ) f ON true
        ) told
         $$;

CREATE FUNCTION public.claimant_of(claim uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT g.name FROM claims c JOIN organisations g ON g.id = c.organisation_id
        WHERE c.id = claim AND (answers_for_provider(c.provider_id)
          OR c.organisation_id = ANY (organisations_acted_for()))
         $$;

CREATE FUNCTION public.close_comments(inspection uuid, moment timestamp with time zone) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
          WITH closed AS (
            UPDATE inspections i SET comments_closed_at = moment, version = i.version + 1
            WHERE i.id = inspection AND i.state = 'with-provider' AND i.comments_closed_at IS NULL
              AND acting_person() IS NOT NULL AND owns_provider(i.provider_id)
            RETURNING i.id
          ) SELECT EXISTS (SELECT FROM closed)
        $$;

CREATE FUNCTION public.count_unerased(wanted uuid[]) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$  SELECT count(*) FROM children c WHERE c.id = ANY (wanted) AND c.erased_at IS NULL  $$;

CREATE FUNCTION public.duty_bodies(placement uuid) RETURNS TABLE(capacity text, organisation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT b.capacity, b.organisation_id FROM placements p
        LEFT JOIN LATERAL (SELECT c.* FROM child_circumstances c
          WHERE c.child_id = p.child_id AND c.since <= (now() AT TIME ZONE 'Europe/London')::date
          ORDER BY c.since DESC LIMIT 1) c ON true
        CROSS JOIN LATERAL (
          VALUES ('commissioner', p.commissioner_id), ('home-school', c.school_id)
          UNION ALL SELECT a.capacity, o.id
          FROM (VALUES ('home-la', c.home_la_code), ('plan-la', c.plan_la_code),
                       ('corporate-parent', c.care_la_code)) a(capacity, la_code)
          JOIN organisations o ON o.kind = 'local-authority' AND o.la_code = a.la_code
        ) b(capacity, organisation_id)
        WHERE p.id = placement AND b.organisation_id IS NOT NULL AND may_see_duties(p.id)
         $$;

CREATE FUNCTION public.duty_facts(placement uuid) RETURNS TABLE(commissioner_id uuid, child_id uuid, sealed_key bytea, ended_on date)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT p.commissioner_id, p.child_id, c.sealed_key, p.ended_on
        FROM placements p JOIN children c ON c.id = p.child_id
        WHERE p.id = placement AND may_see_duties(p.id)
         $$;

CREATE FUNCTION public.end_reliances_taken_back(inspection uuid, since date) RETURNS SETOF uuid
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
          UPDATE reliances r
          SET ended_on = greatest(since, r.since), ended_because = 'inspection-withdrawn',
            version = r.version + 1
          WHERE r.inspection_id = inspection AND r.ended_on IS NULL
            AND (SELECT p.document IS NULL FROM inspection_publications p
                 WHERE p.inspection_id = inspection AND p.published_at <= r.made_at
                 ORDER BY p.version DESC LIMIT 1)
          RETURNING r.id
        $$;

CREATE FUNCTION public.erase_child(child uuid, moment timestamp with time zone, because text) RETURNS TABLE(commissioner_id uuid, since date[], home_la text[])
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          SELECT c.commissioner_id INTO commissioner_id FROM children c
          WHERE c.id = child AND c.erased_at IS NULL FOR UPDATE;
          IF NOT FOUND THEN RETURN; END IF;
          SELECT coalesce(array_agg(d.since ORDER BY d.since), '{}'),
            coalesce(array_agg(d.home_la_code ORDER BY d.since), '{}')
          INTO since, home_la FROM child_circumstances d WHERE d.child_id = child;
          INSERT INTO erasures (child_id, erased_at, reason) VALUES (child, moment, because)
          ON CONFLICT DO NOTHING;
          DELETE FROM match_questions q WHERE child IN (q.child_id, q.other_child_id);
          DELETE FROM child_links n WHERE n.child_id = child;
          DELETE FROM child_particulars p WHERE p.child_id = child;
          DELETE FROM child_circumstances d WHERE d.child_id = child;
          UPDATE children c SET sealed_key = NULL, date_of_birth = NULL, reference = NULL,
            held_because = NULL, erased_at = moment, changed_at = moment, version = version + 1
          WHERE c.id = child;
          RETURN NEXT;
        END $$;

CREATE FUNCTION public.evidence_days(site uuid, day date) RETURNS TABLE(kind text, is_current boolean, current_until date)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT d.kind, bool_or(coalesce(d.current_until >= day, true)
            AND coalesce(d.issued_on <= day, true)),
          CASE WHEN bool_or(d.current_until IS NULL) THEN NULL ELSE max(d.current_until) END
        FROM documents d JOIN sites s ON s.id = site AND s.provider_id = d.provider_id
        LEFT JOIN files f ON f.id = d.file_id
        WHERE acts_for_commissioner() AND d.withdrawn_at IS NULL
          AND (d.site_id IS NULL OR d.site_id = site) AND f.state IS DISTINCT FROM 'infected'
        GROUP BY d.kind
         $$;

CREATE FUNCTION public.evidence_is_shared(provider uuid, document uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM document_shares d WHERE d.provider_id = provider
          AND (d.document_id IS NULL OR d.document_id = document) AND d.revoked_at IS NULL
          AND d.until >= (now() AT TIME ZONE 'Europe/London')::date
          AND d.organisation_id = ANY (organisations_acted_for()))
         $$;

CREATE FUNCTION public.expected_children(wanted uuid[]) RETURNS TABLE(placement_id uuid, reference text, commissioner text, child_id uuid, sealed_key bytea, encrypted bytea)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT p.id, p.reference, o.name, k.id, k.sealed_key, x.encrypted
        FROM placements p JOIN organisations o ON o.id = p.commissioner_id
        JOIN children k ON k.id = p.child_id
        LEFT JOIN child_particulars x ON x.child_id = k.id
        WHERE p.id = ANY (wanted) AND owns_site(p.site_id)
         $$;

CREATE FUNCTION public.expected_sessions(wanted uuid[], since date, until date, holidays date[]) RETURNS TABLE(placement_id uuid, day date, starts time without time zone, ends time without time zone, site_id uuid, site smallint, delivery text, by_authority boolean, expected boolean, why_not text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT p.id, d.day, n.starts, n.ends, n.site_id, s.reference, p.delivery, p.by_authority,
          found.why_not IS NULL, found.why_not
        FROM (SELECT q.id, q.commissioner_id, q.delivery, q.starts_on, q.ended_on,
            o.kind IN ('local-authority', 'local-authority-team') AS by_authority
          FROM placements q JOIN organisations o ON o.id = q.commissioner_id
          WHERE q.id = ANY (wanted) AND (reports_for(q.id) OR may_see_attendance(q.id))) p
        CROSS JOIN (SELECT generate_series(since, until, '1 day')::date AS day) d
        
  JOIN LATERAL (SELECT t.id FROM placement_timetables t
    WHERE t.placement_id = p.id AND t.since <= d.day ORDER BY t.since DESC LIMIT 1) t ON true
  JOIN placement_sessions n ON n.timetable_id = t.id AND n.weekday = extract(isodow FROM d.day)

        JOIN sites s ON s.id = n.site_id
        CROSS JOIN LATERAL (SELECT coalesce(
  (SELECT c.reason FROM attendance_closures c
    WHERE c.withdrawn_at IS NULL AND d.day BETWEEN c.since AND c.until
      AND (c.site_id = n.site_id OR c.placement_id = p.id OR c.commissioner_id = p.commissioner_id)
    ORDER BY c.id LIMIT 1)
,
          CASE WHEN d.day = ANY (holidays) THEN 'bank-holiday' END) AS why_not) found
        WHERE d.day >= p.starts_on AND (p.ended_on IS NULL OR d.day <= p.ended_on)
         $$;

CREATE FUNCTION public.follow_site() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          UPDATE inspections i SET provider_id = NEW.provider_id FROM inspection_sites s
            WHERE s.site_id = NEW.id AND i.id = s.inspection_id;
          UPDATE inspection_publications p SET provider_id = NEW.provider_id
            FROM inspection_sites s WHERE s.site_id = NEW.id
            AND p.inspection_id = s.inspection_id;
          UPDATE interim_suspensions u SET provider_id = NEW.provider_id FROM listings l
            WHERE l.site_id = NEW.id AND u.listing_id = l.id;
          RETURN NULL;
        END $$;

CREATE FUNCTION public.follows_child(child uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$  SELECT EXISTS (SELECT FROM follow_ups f WHERE f.child_id = child AND (f.school_id = ANY (organisations_acted_for()) OR NULLIF(current_setting('app.la_code', true), '') IN (f.la_code, f.care_la_code) OR EXISTS (SELECT FROM follow_up_handovers h WHERE h.follow_up_id = f.id AND h.answer IS NULL AND h.to_la_code = NULLIF(current_setting('app.la_code', true), ''))))  $$;

CREATE FUNCTION public.funded_placements(wanted uuid[]) RETURNS TABLE(placement_id uuid, commissioner_id uuid, commissioner text, reference text, child_reference text, provider text, provider_name text, site smallint, route text, starts_on date, planned_end_on date, ended_on date, weekly_minutes integer, days smallint[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT p.id, p.commissioner_id, o.name, p.reference, CASE WHEN of_it.known THEN k.reference END,
          v.number, v.name, s.reference, p.route, p.starts_on, p.planned_end_on, p.ended_on,
          coalesce(week.minutes, 0), coalesce(week.days, '{}')
        FROM placements p
        JOIN organisations o ON o.id = p.commissioner_id
        JOIN children k ON k.id = p.child_id
        JOIN sites s ON s.id = p.site_id
        JOIN providers v ON v.id = s.provider_id
        CROSS JOIN LATERAL (SELECT may_see_placement(p.id) OR EXISTS (
          SELECT FROM funding_arrangements a WHERE a.placement_id = p.id AND pays_for(a.id))
          AS known) of_it
        LEFT JOIN LATERAL (
          SELECT (sum(extract(epoch FROM n.ends - n.starts)) / 60)::integer AS minutes,
            array_agg(DISTINCT n.weekday ORDER BY n.weekday) AS days
          FROM placement_sessions n WHERE n.timetable_id = (
            SELECT t.id FROM placement_timetables t WHERE t.placement_id = p.id
            ORDER BY t.since <= (now() AT TIME ZONE 'Europe/London')::date DESC,
              CASE WHEN t.since <= (now() AT TIME ZONE 'Europe/London')::date THEN t.since END DESC,
              t.since
            LIMIT 1)) week ON true
        WHERE p.id = ANY (wanted) AND (of_it.known OR owns_site(p.site_id))
         $$;

CREATE FUNCTION public.funding_child_key(arrangement uuid) RETURNS TABLE(child_id uuid, sealed_key bytea)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT k.id, k.sealed_key FROM funding_arrangements a
        JOIN placements p ON p.id = a.placement_id JOIN children k ON k.id = p.child_id
        WHERE a.id = arrangement AND may_see_funding(a.id)
         $$;

CREATE FUNCTION public.funding_gaps(before uuid, today date, most integer) RETURNS TABLE(placement_id uuid, gaps datemultirange)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT p.id, left_over.gaps FROM placements p CROSS JOIN LATERAL (
          SELECT datemultirange(daterange(p.starts_on,
              coalesce(p.ended_on, p.planned_end_on, greatest(p.starts_on, today)), '[]'))
            - coalesce(range_agg(daterange(a.since, a.until, '[]')), '{}') AS gaps
          FROM funding_arrangements a WHERE a.placement_id = p.id AND a.kind = 'education'
        ) left_over
        WHERE (before IS NULL OR p.id < before)
          AND p.end_reason IS DISTINCT FROM 'recorded-by-mistake'
          AND NOT isempty(left_over.gaps)
          AND (p.commissioner_id = ANY (organisations_acted_for()) OR p.id IN (
            SELECT a.placement_id FROM funding_arrangements a JOIN funding_payers y
              ON y.arrangement_id = a.id AND y.terms_number = a.terms_number
            WHERE y.organisation_id = ANY (paying_organisations())))
        ORDER BY p.id DESC LIMIT most
         $$;

CREATE FUNCTION public.has_part_in_inspections_of(provider uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM inspections i WHERE i.provider_id = provider
          AND (i.body_id = ANY (organisations_acted_for())
            OR i.check_body_id = ANY (organisations_acted_for()) OR i.appeal_body_id = ANY (organisations_acted_for())))
         $$;

CREATE FUNCTION public.has_stake_in(provider uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM provider_owners o JOIN memberships m USING (organisation_id)
          WHERE o.provider_id = provider AND m.person_id = acting_person())
         $$;

CREATE FUNCTION public.holds_assessment(assessment uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$  SELECT EXISTS (SELECT FROM assessments a WHERE a.id = assessment
                           AND a.commissioner_id = acting_organisation())  $$;

CREATE FUNCTION public.holds_child(child uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$  SELECT EXISTS (SELECT FROM children c WHERE c.id = child
                           AND c.commissioner_id = acting_organisation())  $$;

CREATE FUNCTION public.holds_funding(arrangement uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM funding_arrangements a WHERE a.id = arrangement
                       AND holds_placement(a.placement_id))
         $$;

CREATE FUNCTION public.holds_placement(placement uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$  SELECT EXISTS (SELECT FROM placements p WHERE p.id = placement
                           AND p.commissioner_id = acting_organisation())  $$;

CREATE FUNCTION public.inspection_told(inspection uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT i.reference FROM inspections i
        WHERE i.id = inspection AND i.state = 'published'
         $$;

CREATE FUNCTION public.inspects(inspection uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT coalesce(acting_person(), acting_machine()) IS NOT NULL
          AND EXISTS (SELECT FROM inspections i WHERE i.id = inspection
            AND i.body_id = ANY (organisations_acted_for()) AND NOT has_stake_in(i.provider_id))
         $$;

CREATE FUNCTION public.institution_of(site uuid) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT coalesce(
          (SELECT i.provider_id FROM institution_sites i
           WHERE i.site_id = site AND i.ended_at IS NULL),
          (SELECT s.provider_id FROM sites s WHERE s.id = site))
         $$;

CREATE FUNCTION public.institution_sites_of(institution uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 2
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT s.id FROM sites s WHERE s.provider_id = institution AND NOT EXISTS (
          SELECT FROM institution_sites i WHERE i.site_id = s.id AND i.ended_at IS NULL
            AND i.provider_id <> institution)
        UNION
        SELECT i.site_id FROM institution_sites i
        WHERE i.provider_id = institution AND i.ended_at IS NULL
         $$;

CREATE FUNCTION public.institutions_of_link(link uuid, since date, until date) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT DISTINCT institution_of(c.site_id) FROM commitments c
        WHERE c.child_link = link AND c.period && daterange(since, until, '[]')
         $$;

CREATE FUNCTION public.invites_providers() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM memberships m JOIN organisations o ON o.id = m.organisation_id
          WHERE m.person_id = acting_person() AND m.ended_at IS NULL
            AND o.id = acting_organisation()
            AND o.kind IN ('local-authority', 'local-authority-team', 'department')
            AND m.roles && ARRAY['administrator', 'assessor'])
         $$;

CREATE FUNCTION public.invoiced_meanwhile(arrangement uuid) RETURNS TABLE(party text, name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT i.party, o.name FROM interim_payers i LEFT JOIN organisations o
          ON o.id = i.organisation_id
        WHERE i.arrangement_id = arrangement AND i.until IS NULL AND provides_for(arrangement)
         $$;

CREATE FUNCTION public.is_asked_to_follow(follow_up uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$  SELECT EXISTS (SELECT FROM follow_ups f WHERE f.id = follow_up AND EXISTS (SELECT FROM follow_up_handovers h WHERE h.follow_up_id = f.id AND h.answer IS NULL AND h.to_la_code = NULLIF(current_setting('app.la_code', true), '')))  $$;

CREATE FUNCTION public.is_being_corrected(inspection uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM inspection_amendments a WHERE a.inspection_id = inspection
          AND a.kind = 'correction' AND a.state = 'confirmed'
          AND a.of_version = (SELECT max(p.version) FROM inspection_publications p
                              WHERE p.inspection_id = inspection))
         $$;

CREATE FUNCTION public.is_public_provider(provider uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ SELECT EXISTS (SELECT FROM providers p WHERE p.id = provider AND p.status <> 'known') $$;

CREATE FUNCTION public.is_responsible_for_child(child uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT NULLIF(current_setting('app.la_code', true), '') IS NOT NULL AND coalesce((
          SELECT current_setting('app.la_code', true)
            IN (c.home_la_code, c.plan_la_code, c.care_la_code)
          FROM child_circumstances c WHERE c.child_id = child AND c.since <= (now() AT TIME ZONE 'Europe/London')::date
          ORDER BY c.since DESC LIMIT 1), false)
         $$;

CREATE FUNCTION public.is_uninvolved(inspection uuid, person uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT NOT EXISTS (SELECT FROM inspectors n WHERE n.inspection_id = inspection
            AND n.person_id = person AND n.left_at IS NULL)
          AND NOT EXISTS (SELECT FROM inspection_judgements j
            WHERE j.inspection_id = inspection AND j.judged_by = person)
          AND NOT EXISTS (SELECT FROM inspection_checks c
            WHERE c.inspection_id = inspection AND c.person_id = person)
          AND EXISTS (SELECT FROM inspections i
            WHERE i.id = inspection AND tie_of(person, i.provider_id) IS NULL)
         $$;

CREATE FUNCTION public.judges_listing(listing uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ SELECT EXISTS (SELECT FROM listings l WHERE l.id = listing AND judges_provider(l.provider_id)) $$;

CREATE FUNCTION public.judges_provider(provider uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT acting_person() IS NOT NULL AND coalesce(answers_for_provider(provider), false)
          AND NOT EXISTS (
            SELECT FROM provider_owners o JOIN memberships m USING (organisation_id)
            WHERE o.provider_id = provider AND m.person_id = acting_person())
         $$;

CREATE FUNCTION public.judges_site(site uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ SELECT EXISTS (SELECT FROM sites s WHERE s.id = site AND judges_provider(s.provider_id)) $$;

CREATE FUNCTION public.keep_overrun_committed(today date) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
          WITH kept AS (
            UPDATE commitments c SET period = daterange(lower(c.period), NULL) FROM placements p
            WHERE p.id = c.placement_id AND p.ended_on IS NULL AND p.planned_end_on < today
              AND upper(c.period) = p.planned_end_on + 1
            RETURNING 1)
          SELECT count(*)::integer FROM kept
        $$;

CREATE FUNCTION public.keep_safeguarding_status() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ DECLARE  BEGIN IF NEW.ended_on IS NOT NULL THEN DELETE FROM safeguarding_statuses WHERE placement_id = NEW.id; ELSIF TG_OP = 'INSERT' THEN INSERT INTO safeguarding_statuses (placement_id, commissioner_id, status, touched, settled, swept_on) VALUES (NEW.id, NEW.commissioner_id, 'red', 1, 0, (now() AT TIME ZONE 'Europe/London')::date); ELSE PERFORM touch_statuses(ARRAY[NEW.id]); END IF; RETURN NULL; END $$;

CREATE FUNCTION public.last_visited_on(site uuid) RETURNS date
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT max(j.seen_on)
        FROM inspection_judgements j JOIN inspections i ON i.id = j.inspection_id
        WHERE j.site_id = site AND j.method = 'visit' AND i.state = 'published'
          AND i.kind IN ('entry-visit', 'monitoring', 'annual', 'unannounced')
          AND may_see_provider(i.provider_id)
         $$;

CREATE FUNCTION public.linked_elsewhere_at_once(child uuid, today date) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        WITH linked AS (SELECT o.child_id FROM child_links c JOIN child_links o
            ON o.link_id = c.link_id WHERE c.child_id = child),
        weeks AS (SELECT p.child_id, n.weekday, n.starts, n.ends, t.since,
            least(t.following - 1, coalesce(p.ended_on,
              CASE WHEN p.planned_end_on >= today THEN p.planned_end_on END)) AS until
          FROM linked l JOIN placements p ON p.child_id = l.child_id
          JOIN LATERAL (SELECT w.id, w.since, lead(w.since) OVER (ORDER BY w.since) AS following
            FROM placement_timetables w WHERE w.placement_id = p.id) t ON true
          JOIN placement_sessions n ON n.timetable_id = t.id)
        SELECT DISTINCT o.child_id FROM weeks w JOIN weeks o ON o.child_id <> w.child_id
          AND o.weekday = w.weekday AND o.starts < w.ends AND w.starts < o.ends
          AND o.since <= coalesce(w.until, 'infinity') AND w.since <= coalesce(o.until, 'infinity')
        WHERE w.child_id = child
          AND coalesce(w.until, 'infinity') >= today AND coalesce(o.until, 'infinity') >= today
         $$;

CREATE FUNCTION public.may_add_inspection_file(inspection uuid, file uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT inspects(inspection) AND EXISTS (SELECT FROM files f WHERE f.id = file
          AND f.organisation_id = acting_organisation())
         $$;

CREATE FUNCTION public.may_decide_assessment(assessment uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT acting_person() IS NOT NULL AND holds_assessment(assessment)
          AND NOT EXISTS (SELECT FROM assessments a WHERE a.id = assessment
                          AND a.requested_by = acting_person())
          AND NOT EXISTS (SELECT FROM assessment_steps s WHERE s.assessment_id = assessment
                          AND s.step = 'need' AND s.written_by = acting_person())
         $$;

CREATE FUNCTION public.may_match_child(child uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM match_questions q WHERE child IN (q.child_id, q.other_child_id)
                       AND q.answered_at IS NULL AND coalesce(answers_match(q.la_code), false))
         $$;

CREATE FUNCTION public.may_own_providers(organisation uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM organisations o WHERE o.id = organisation
          AND o.kind = 'provider-owner')
         $$;

CREATE FUNCTION public.may_see_assessment(assessment uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM assessments a WHERE a.id = assessment
          AND (a.commissioner_id = ANY (organisations_acted_for())
               OR is_responsible_for_child(a.child_id)))
         $$;

CREATE FUNCTION public.may_see_attendance(placement uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$  SELECT may_see_placement(placement) OR registers_for(placement)  $$;

CREATE FUNCTION public.may_see_child(child uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM children c WHERE c.id = child
                       AND c.commissioner_id = ANY (organisations_acted_for()))
          OR is_responsible_for_child(child) OR may_match_child(child)
         $$;

CREATE FUNCTION public.may_see_duties(placement uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT may_see_attendance(placement) OR serves_duty(placement)
          OR EXISTS (SELECT FROM placements p WHERE p.id = placement AND owns_site(p.site_id))
         $$;

CREATE FUNCTION public.may_see_findings(inspection uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
            SELECT EXISTS (SELECT FROM inspections i WHERE i.id = inspection
              AND (i.body_id = ANY (organisations_acted_for())
                OR i.check_body_id = ANY (organisations_acted_for()) OR i.appeal_body_id = ANY (organisations_acted_for())
                OR answers_for_provider(i.provider_id)
                OR ((i.sent_at IS NOT NULL) AND owns_provider(i.provider_id))))
             $$;

CREATE FUNCTION public.may_see_follow_up(follow_up uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT acts_for_department() OR EXISTS (SELECT FROM follow_ups f WHERE f.id = follow_up
          AND (f.commissioner_id = ANY (organisations_acted_for()) OR f.school_id = ANY (organisations_acted_for()) OR NULLIF(current_setting('app.la_code', true), '') IN (f.la_code, f.care_la_code) OR EXISTS (SELECT FROM follow_up_handovers h WHERE h.follow_up_id = f.id AND h.answer IS NULL AND h.to_la_code = NULLIF(current_setting('app.la_code', true), ''))))
         $$;

CREATE FUNCTION public.may_see_funding(arrangement uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT pays_for(arrangement) OR EXISTS (SELECT FROM funding_arrangements a
          WHERE a.id = arrangement AND may_see_placement(a.placement_id))
         $$;

CREATE FUNCTION public.may_see_inspection(inspection uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
            SELECT EXISTS (SELECT FROM inspections i WHERE i.id = inspection
              AND (i.body_id = ANY (organisations_acted_for())
                OR i.check_body_id = ANY (organisations_acted_for()) OR i.appeal_body_id = ANY (organisations_acted_for())
                OR answers_for_provider(i.provider_id)
                OR ((i.kind <> 'unannounced' OR i.sent_at IS NOT NULL) AND owns_provider(i.provider_id))))
             $$;

CREATE FUNCTION public.may_see_inspection_files(inspection uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM inspections i WHERE i.id = inspection
          AND (inspects(i.id) OR checks_inspection(i.id)
            OR (answers_for_provider(i.provider_id) AND NOT has_stake_in(i.provider_id))))
         $$;

CREATE FUNCTION public.may_see_notes(noted uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM inspection_judgements j JOIN inspections i
          ON i.id = j.inspection_id WHERE j.id = noted
          AND (inspects(i.id) OR checks_inspection(i.id)
            OR (answers_for_provider(i.provider_id) AND NOT has_stake_in(i.provider_id))))
         $$;

CREATE FUNCTION public.may_see_organisation(organisation uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM organisations o WHERE o.id = organisation
          AND (o.kind <> 'provider-owner' OR o.introduced_by = acting_organisation()))
          OR acts_within(organisation)
         $$;

CREATE FUNCTION public.may_see_person(person uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT person = acting_person() OR EXISTS (
          SELECT FROM memberships m WHERE m.person_id = person AND acts_within(m.organisation_id))
         $$;

CREATE FUNCTION public.may_see_placement(placement uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM placements p WHERE p.id = placement
          AND (p.commissioner_id = ANY (organisations_acted_for())
               OR is_responsible_for_child(p.child_id)))
         $$;

CREATE FUNCTION public.may_see_provider(provider uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        SELECT EXISTS (SELECT FROM providers p WHERE p.id = provider AND p.status <> 'known')
            OR EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider
                       AND k.la_code = NULLIF(current_setting('app.la_code', true), ''))
            OR owns_provider(provider) OR answers_for_provider(provider)
            OR some_evidence_is_shared(provider) OR has_part_in_inspections_of(provider)
            OR EXISTS (SELECT FROM claims c WHERE c.provider_id = provider
                       AND c.withdrawn_at IS NULL
                       AND c.organisation_id = ANY (organisations_acted_for()))
            OR places_at(provider)
        $$;

CREATE FUNCTION public.may_take_provider(provider uuid, claim uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT CASE WHEN claim IS NOT NULL THEN
          EXISTS (SELECT FROM claims c WHERE c.id = claim AND c.provider_id = provider
                  AND c.organisation_id = acting_organisation() AND c.withdrawn_at IS NULL AND c.accepted_at IS NULL)
        ELSE
          EXISTS (SELECT FROM providers p WHERE p.id = provider AND p.status = 'known')
          AND NOT EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider)
          AND NOT EXISTS (SELECT FROM provider_owners o WHERE o.provider_id = provider)
        END
         $$;

CREATE FUNCTION public.may_write_to(person uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT person = acting_person() OR EXISTS (
          SELECT FROM memberships m WHERE m.person_id = person AND m.ended_at IS NULL
            AND administers(m.organisation_id))
         $$;

CREATE FUNCTION public.merge_obstacle(kept uuid, absorbed uuid, besides uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT CASE
          WHEN EXISTS (SELECT FROM providers p WHERE p.id IN (kept, absorbed)
                       AND p.merged_into IS NOT NULL) THEN 'merged'
          WHEN EXISTS (SELECT FROM merges g WHERE g.state IN ('proposed', 'undoing')
                       AND g.id <> besides AND (g.kept_id IN (kept, absorbed)
                         OR g.absorbed_id IN (kept, absorbed))) THEN 'merge-open'
          WHEN EXISTS (SELECT FROM claims c WHERE c.provider_id IN (kept, absorbed)
                       AND c.accepted_at IS NULL AND c.withdrawn_at IS NULL) THEN 'claim-open'
          WHEN theirs.id IS NULL THEN NULL
          WHEN ours.id IS NULL THEN 'claimed-would-end'
          WHEN ours.id <> theirs.id THEN 'two-owners'
        END
        FROM (SELECT (SELECT o.organisation_id FROM provider_owners o
                WHERE o.provider_id = kept AND o.ended_at IS NULL) AS id) ours,
             (SELECT (SELECT o.organisation_id FROM provider_owners o
                WHERE o.provider_id = absorbed AND o.ended_at IS NULL) AS id) theirs
         $$;

CREATE FUNCTION public.merge_providers(merge uuid, today date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        #variable_conflict use_column
        DECLARE m merges; last smallint; named uuid;
        BEGIN
          SELECT * INTO m FROM merges g WHERE g.id = merge FOR UPDATE;
          PERFORM FROM providers p WHERE p.id IN (m.kept_id, m.absorbed_id)
            ORDER BY p.id FOR UPDATE;
          IF m.state IS DISTINCT FROM 'merged' OR m.settled_by IS DISTINCT FROM acting_person()
             OR NOT judges_provider(m.kept_id)
             OR merge_obstacle(m.kept_id, m.absorbed_id, m.id) IS NOT NULL
             OR EXISTS (SELECT FROM merge_moves v WHERE v.merge_id = m.id) THEN
            RAISE EXCEPTION 'no merge confirmed just now says so'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;

          SELECT coalesce(max(s.reference), 0) INTO last FROM sites s
            WHERE s.provider_id = m.kept_id;
          INSERT INTO merge_moves SELECT m.id, 'sites', s.id, jsonb_build_object(
            'provider_id', s.provider_id, 'reference', s.reference)
            FROM sites s WHERE s.provider_id = m.absorbed_id;
          UPDATE sites s SET provider_id = m.kept_id, reference = last + n.place
            FROM (SELECT t.id, row_number() OVER (ORDER BY t.reference) AS place
                  FROM sites t WHERE t.provider_id = m.absorbed_id) n WHERE n.id = s.id;
          
          INSERT INTO merge_moves SELECT m.id, 'provider_known_by', t.id,
            jsonb_build_object('provider_id', t.provider_id)
            FROM provider_known_by t WHERE t.provider_id = m.absorbed_id;
          UPDATE provider_known_by SET provider_id = m.kept_id WHERE provider_id = m.absorbed_id;
        
          INSERT INTO merge_moves SELECT m.id, 'provider_people', t.id,
            jsonb_build_object('provider_id', t.provider_id)
            FROM provider_people t WHERE t.provider_id = m.absorbed_id;
          UPDATE provider_people SET provider_id = m.kept_id WHERE provider_id = m.absorbed_id;
        
          INSERT INTO merge_moves SELECT m.id, 'provider_contacts', t.id,
            jsonb_build_object('provider_id', t.provider_id)
            FROM provider_contacts t WHERE t.provider_id = m.absorbed_id;
          UPDATE provider_contacts SET provider_id = m.kept_id WHERE provider_id = m.absorbed_id;
        
          INSERT INTO merge_moves SELECT m.id, 'bank_references', t.id,
            jsonb_build_object('provider_id', t.provider_id)
            FROM bank_references t WHERE t.provider_id = m.absorbed_id;
          UPDATE bank_references SET provider_id = m.kept_id WHERE provider_id = m.absorbed_id;
        
          INSERT INTO merge_moves SELECT m.id, 'staff_members', t.id,
            jsonb_build_object('provider_id', t.provider_id)
            FROM staff_members t WHERE t.provider_id = m.absorbed_id;
          UPDATE staff_members SET provider_id = m.kept_id WHERE provider_id = m.absorbed_id;
        
          INSERT INTO merge_moves SELECT m.id, 'documents', t.id,
            jsonb_build_object('provider_id', t.provider_id)
            FROM documents t WHERE t.provider_id = m.absorbed_id;
          UPDATE documents SET provider_id = m.kept_id WHERE provider_id = m.absorbed_id;
        
          INSERT INTO merge_moves SELECT m.id, 'listings', t.id,
            jsonb_build_object('provider_id', t.provider_id)
            FROM listings t WHERE t.provider_id = m.absorbed_id;
          UPDATE listings SET provider_id = m.kept_id WHERE provider_id = m.absorbed_id;
        
          INSERT INTO merge_moves SELECT m.id, 'provider_names', t.id,
            jsonb_build_object('provider_id', t.provider_id)
            FROM provider_names t WHERE t.provider_id = m.absorbed_id AND NOT EXISTS (
              SELECT FROM provider_names k WHERE k.provider_id = m.kept_id AND k.kind = t.kind AND k.name = t.name);
          UPDATE provider_names SET provider_id = m.kept_id WHERE id IN (
            SELECT v.row_id FROM merge_moves v
            WHERE v.merge_id = m.id AND v.table_name = 'provider_names');
        
          INSERT INTO merge_moves SELECT m.id, 'provider_identifiers', t.id,
            jsonb_build_object('provider_id', t.provider_id)
            FROM provider_identifiers t WHERE t.provider_id = m.absorbed_id AND NOT EXISTS (
              SELECT FROM provider_identifiers k WHERE k.provider_id = m.kept_id AND k.scheme = t.scheme AND k.value = t.value);
          UPDATE provider_identifiers SET provider_id = m.kept_id WHERE id IN (
            SELECT v.row_id FROM merge_moves v
            WHERE v.merge_id = m.id AND v.table_name = 'provider_identifiers');
        
          -- A consent to see everything was given for this record's evidence, not the other's.
          INSERT INTO merge_moves SELECT m.id, 'document_shares', h.id,
            jsonb_build_object('provider_id', h.provider_id) FROM document_shares h
            WHERE h.provider_id = m.absorbed_id AND h.document_id IS NOT NULL;
          UPDATE document_shares SET provider_id = m.kept_id
            WHERE provider_id = m.absorbed_id AND document_id IS NOT NULL;
          INSERT INTO provider_names (id, provider_id, kind, name)
            SELECT gen_random_uuid(), m.kept_id, 'trading', p.name FROM providers p
            JOIN providers k ON k.id = m.kept_id AND k.name <> p.name
            WHERE p.id = m.absorbed_id
            ON CONFLICT (provider_id, kind, name) DO NOTHING RETURNING id INTO named;
          IF named IS NOT NULL THEN
            INSERT INTO merge_moves VALUES (m.id, 'provider_names', named, '{}');
          END IF;
          
          -- A link between the two says nothing any more, nor one that the other has already.
          INSERT INTO merge_moves SELECT m.id, 'provider_links', l.id,
            jsonb_build_object('ended_at', NULL) FROM provider_links l
            WHERE l.ended_at IS NULL AND m.absorbed_id IN (l.predecessor_id, l.successor_id)
            AND (m.kept_id IN (l.predecessor_id, l.successor_id) OR EXISTS (
              SELECT FROM provider_links k WHERE k.ended_at IS NULL
              AND (k.predecessor_id, k.successor_id) IN (
                (m.kept_id, l.successor_id), (l.predecessor_id, m.kept_id))));
          UPDATE provider_links l SET ended_at = now() WHERE l.id IN (
            SELECT v.row_id FROM merge_moves v
            WHERE v.merge_id = m.id AND v.table_name = 'provider_links');
          INSERT INTO merge_moves SELECT m.id, 'provider_links', l.id, jsonb_build_object(
            'predecessor_id', l.predecessor_id, 'successor_id', l.successor_id)
            FROM provider_links l
            WHERE l.ended_at IS NULL AND m.absorbed_id IN (l.predecessor_id, l.successor_id);
          UPDATE provider_links l SET
            predecessor_id = CASE l.predecessor_id WHEN m.absorbed_id THEN m.kept_id
                             ELSE l.predecessor_id END,
            successor_id = CASE l.successor_id WHEN m.absorbed_id THEN m.kept_id
                           ELSE l.successor_id END
            WHERE l.ended_at IS NULL AND m.absorbed_id IN (l.predecessor_id, l.successor_id);
          -- What was grouped with either is grouped with the one; its own sites need no grouping.
          INSERT INTO merge_moves SELECT m.id, 'institution_sites', i.id, CASE
              WHEN s.provider_id = m.kept_id THEN jsonb_build_object('ended_at', NULL)
              ELSE jsonb_build_object('provider_id', i.provider_id) END
            FROM institution_sites i JOIN sites s ON s.id = i.site_id
            WHERE i.ended_at IS NULL AND (i.provider_id = m.absorbed_id
              OR (i.provider_id = m.kept_id AND s.provider_id = m.kept_id));
          UPDATE institution_sites i SET
            ended_at = CASE WHEN v.former ? 'ended_at' THEN now() ELSE i.ended_at END,
            provider_id = CASE WHEN v.former ? 'ended_at' THEN i.provider_id ELSE m.kept_id END
            FROM merge_moves v WHERE v.merge_id = m.id AND v.table_name = 'institution_sites'
            AND v.row_id = i.id;

          INSERT INTO merge_moves SELECT m.id, 'providers', p.id, jsonb_build_object(
            'status', p.status, 'status_since', p.status_since, 'changes_on', p.changes_on)
            FROM providers p WHERE p.id IN (m.kept_id, m.absorbed_id);
          UPDATE providers p SET version = p.version + 1 WHERE p.id = m.kept_id;
          UPDATE providers p SET merged_into = m.kept_id, version = p.version + 1,
            changes_on = NULL,
            status = CASE p.status WHEN 'known' THEN 'known' ELSE 'closed' END,
            status_since = CASE WHEN p.status IN ('known', 'closed') THEN p.status_since
                           ELSE today END
            WHERE p.id = m.absorbed_id;
          
          INSERT INTO provider_status_changes
            (id, provider_id, status, effective_on, reason, actor, recorded_at)
            SELECT gen_random_uuid(), p.id, p.status, p.status_since, 'It was merged into another record.',
              current_setting('app.actor'), clock_timestamp()
            FROM providers p WHERE p.id = m.absorbed_id AND p.status <> 'known'
            OR p.id = m.kept_id AND p.status = 'closed' AND p.status_since = today;

        END
         $$;

CREATE FUNCTION public.named_in_merge(merge uuid, person uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT p.name FROM merges m JOIN people p ON p.id = person
        WHERE m.id = merge
          AND person IN (m.proposed_by, m.settled_by, m.undo_proposed_by, m.undo_settled_by)
          AND (answers_for_provider(m.kept_id) OR answers_for_provider(m.absorbed_id))
         $$;

CREATE FUNCTION public.note_interim_payers(today date) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
          WITH noted AS (
            INSERT INTO interim_payers (id, arrangement_id, party, organisation_id, rule, because,
              without_prejudice, since, recorded_at)
            SELECT gen_random_uuid(), a.id, t.law_party, t.law_organisation_id, t.owed_by_rule,
              'signature-missing', true, a.since, now()
            FROM funding_arrangements a
            JOIN funding_terms t ON t.arrangement_id = a.id AND t.number = a.terms_number
            JOIN placements p ON p.id = a.placement_id
            WHERE a.kind = 'education' AND a.agreed_at IS NULL AND t.owed_by_rule IS NOT NULL
              AND today BETWEEN a.since AND a.until
              AND (p.ended_on IS NULL OR p.ended_on >= today)
            ON CONFLICT (arrangement_id) WHERE until IS NULL DO NOTHING
            RETURNING 1)
          SELECT count(*)::integer FROM noted
        $$;

CREATE FUNCTION public.notice_basis(placement uuid) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT jsonb_build_object(
          'starts_on', p.starts_on, 'planned_end_on', p.planned_end_on,
          'timetable', (SELECT t.id FROM placement_timetables t WHERE t.placement_id = p.id
            ORDER BY t.since DESC LIMIT 1),
          'site', s.version,
          'lead_contact', (SELECT d.id FROM duty_contacts d
            WHERE d.placement_id = p.id AND d.duty = 'lead-contact'
              AND d.organisation_id = (SELECT q.organisation_id FROM duty_periods q
                WHERE q.placement_id = p.id AND q.duty = 'lead-contact'
                  AND greatest((now() AT TIME ZONE 'Europe/London')::date, (SELECT min(f.since) FROM duty_periods f
                        WHERE f.placement_id = p.id AND f.duty = 'lead-contact'))
                    BETWEEN q.since AND coalesce(q.until, 'infinity'::date) LIMIT 1)
            ORDER BY d.recorded_at DESC, d.id DESC LIMIT 1),
          'safe_contacts', (SELECT max(c.version) FROM safe_contacts c
            WHERE c.child_id = p.child_id))
        FROM placements p JOIN sites s ON s.id = p.site_id
        WHERE p.id = placement AND may_see_attendance(p.id)
         $$;

CREATE FUNCTION public.notice_facts(placement uuid) RETURNS TABLE(route text, first_session timestamp without time zone, recorded_at timestamp with time zone, born_on date, commissioner_la text, home_la text, plan_la text, care_la text, on_others_roll boolean, ended_on date, shorter_agreed boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT p.route, coalesce((SELECT min(p.starts_on
              + ((e.weekday - extract(isodow FROM p.starts_on)::int + 7) % 7) + e.starts)
            FROM placement_sessions e WHERE e.timetable_id = (SELECT t.id
              FROM placement_timetables t WHERE t.placement_id = p.id ORDER BY t.since LIMIT 1)),
            p.starts_on::timestamp),
          p.recorded_at, k.date_of_birth,
          CASE WHEN o.kind IN ('local-authority', 'local-authority-team') THEN o.la_code END,
          c.home_la_code, c.plan_la_code, c.care_la_code,
          c.school_id IS NOT NULL AND c.school_id <> p.commissioner_id, p.ended_on,
          EXISTS (SELECT FROM placement_notices n
            WHERE n.placement_id = p.id AND n.shorter_agreed)
        FROM placements p JOIN organisations o ON o.id = p.commissioner_id
        JOIN children k ON k.id = p.child_id
        LEFT JOIN LATERAL (SELECT x.* FROM child_circumstances x WHERE x.child_id = p.child_id
          AND x.since <= greatest((now() AT TIME ZONE 'Europe/London')::date, p.starts_on) ORDER BY x.since DESC LIMIT 1) c ON true
        WHERE p.id = placement AND may_see_attendance(p.id)
         $$;

CREATE FUNCTION public.notices_held(placement uuid) RETURNS TABLE(id uuid, kind text, current boolean, given_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT n.id, n.kind, notice_basis(placement) @> n.basis, (SELECT min(g.given_at)
            FROM notice_sendings g WHERE g.notice_id = n.id AND g.outcome = 'sent'
              AND NOT EXISTS (SELECT FROM notice_sendings l WHERE l.corrects = g.id))
        FROM placement_notices n WHERE n.placement_id = placement AND may_see_attendance(placement)
         $$;

CREATE FUNCTION public.offered_duty(placement uuid, of_duty text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM duty_offers o WHERE o.placement_id = placement
          AND o.duty = of_duty AND o.answer IS NULL
          AND o.to_organisation_id = ANY (bodies_acted_as()))
         $$;

CREATE FUNCTION public.open_sites_to_place_at(provider uuid) RETURNS TABLE(reference smallint, id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT s.reference, s.id FROM sites s
        WHERE s.provider_id = provider AND s.closed_on IS NULL AND acts_for_commissioner()
         $$;

CREATE FUNCTION public.organisations_acted_for() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        WITH RECURSIVE downwards AS (
          SELECT acting_organisation() AS id
          UNION SELECT o.id FROM organisations o JOIN downwards d ON o.parent_id = d.id
        ) SELECT coalesce(array_agg(id), '{}') FROM downwards WHERE id IS NOT NULL
         $$;

CREATE FUNCTION public.organisations_belonged_to() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT coalesce(array_agg(m.organisation_id), '{}') FROM memberships m
          WHERE m.person_id = acting_person() AND m.ended_at IS NULL
         $$;

CREATE FUNCTION public.owner_of_provider(provider uuid) RETURNS TABLE(organisation_id uuid, name text, since timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT g.id, g.name, o.began_at FROM provider_owners o
        JOIN organisations g ON g.id = o.organisation_id
        WHERE o.provider_id = provider AND o.ended_at IS NULL
          AND (owns_provider(provider) OR answers_for_provider(provider))
         $$;

CREATE FUNCTION public.owns_inspected(inspection uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ SELECT EXISTS (SELECT FROM inspections i WHERE i.id = inspection AND owns_provider(i.provider_id)) $$;

CREATE FUNCTION public.owns_listing(listing uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ SELECT EXISTS (SELECT FROM listings l WHERE l.id = listing AND owns_provider(l.provider_id)) $$;

CREATE FUNCTION public.owns_provider(provider uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM provider_owners o WHERE o.provider_id = provider
          AND o.ended_at IS NULL AND o.organisation_id = ANY (organisations_acted_for()))
         $$;

CREATE FUNCTION public.owns_site(site uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ SELECT EXISTS (SELECT FROM sites s WHERE s.id = site AND owns_provider(s.provider_id)) $$;

CREATE FUNCTION public.part_in_inspection(inspection uuid) RETURNS TABLE(of_body boolean, inspected boolean, checked boolean, tie text, sole_commissioner boolean, others_judge boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT coalesce(i.check_body_id, i.body_id) = ANY (organisations_acted_for()),
          EXISTS (SELECT FROM inspectors n WHERE n.inspection_id = i.id
                  AND n.person_id = acting_person() AND n.left_at IS NULL)
            OR EXISTS (SELECT FROM inspection_judgements j WHERE j.inspection_id = i.id
                       AND j.judged_by = acting_person()),
          EXISTS (SELECT FROM inspection_checks c WHERE c.inspection_id = i.id
                  AND c.person_id = acting_person()),
          tie_of(acting_person(), i.provider_id),
          coalesce(sole_commissioner_of(i.provider_id) = root_of(acting_organisation()), false),
          EXISTS (SELECT FROM inspectors n WHERE n.inspection_id = i.id AND n.left_at IS NULL
                  AND root_of(n.organisation_id) <> root_of(acting_organisation()))
        FROM inspections i WHERE i.id = inspection AND may_see_inspection(i.id)
         $$;

CREATE FUNCTION public.part_providers(merge uuid, today date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $_$ 
        #variable_conflict use_column
        DECLARE m merges; v merge_moves; columns text;
        BEGIN
          SELECT * INTO m FROM merges g WHERE g.id = merge FOR UPDATE;
          PERFORM FROM providers p WHERE p.id IN (m.kept_id, m.absorbed_id)
            ORDER BY p.id FOR UPDATE;
          IF m.state IS DISTINCT FROM 'undone'
             OR m.undo_settled_by IS DISTINCT FROM acting_person()
             OR NOT judges_provider(m.kept_id)
             OR NOT EXISTS (SELECT FROM providers p WHERE p.id = m.absorbed_id
                            AND p.merged_into = m.kept_id)
             OR EXISTS (SELECT FROM providers p WHERE p.id = m.kept_id
                        AND p.merged_into IS NOT NULL) THEN
            RAISE EXCEPTION 'no parting confirmed just now says so'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;

          UPDATE providers p SET merged_into = NULL WHERE p.id = m.absorbed_id;
          FOR v IN SELECT * FROM merge_moves r WHERE r.merge_id = m.id LOOP
            IF v.former = '{}' THEN
              EXECUTE format('DELETE FROM %I WHERE id = $1', v.table_name) USING v.row_id;
            ELSE
              SELECT string_agg(format('%1$I = f.%1$I', c), ', ') INTO columns
                FROM jsonb_object_keys(v.former) c;
              EXECUTE format('UPDATE %1$I t SET %2$s FROM jsonb_populate_record(NULL::%1$I, $1) f '
                'WHERE t.id = $2', v.table_name, columns) USING v.former, v.row_id;
            END IF;
          END LOOP;
          UPDATE providers p SET version = p.version + 1,
            status = CASE WHEN p.status = 'known' AND p.last_entry IS NOT NULL THEN 'closed'
                     ELSE p.status END,
            status_since = CASE WHEN p.status = 'known' AND p.last_entry IS NOT NULL THEN today
                           ELSE p.status_since END
            WHERE p.id IN (m.kept_id, m.absorbed_id);
          
          INSERT INTO provider_status_changes
            (id, provider_id, status, effective_on, reason, actor, recorded_at)
            SELECT gen_random_uuid(), p.id, p.status, p.status_since, 'It was parted again from another record.',
              current_setting('app.actor'), clock_timestamp()
            FROM providers p WHERE p.id = m.absorbed_id AND p.status <> 'known'
            OR p.id = m.kept_id AND p.status = 'closed' AND p.status_since = today;

          -- A listing or a document that came to a moved site since goes where the site goes.
          UPDATE listings l SET provider_id = m.absorbed_id FROM sites s
            WHERE s.id = l.site_id AND s.provider_id = m.absorbed_id
            AND l.provider_id = m.kept_id;
          UPDATE documents d SET provider_id = m.absorbed_id FROM sites s
            WHERE s.id = d.site_id AND s.provider_id = m.absorbed_id
            AND d.provider_id = m.kept_id;
          UPDATE document_shares h SET provider_id = m.absorbed_id FROM documents d
            WHERE d.id = h.document_id AND d.provider_id = m.absorbed_id
            AND h.provider_id = m.kept_id;
        END
         $_$;

CREATE FUNCTION public.paying_organisations() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT organisations_acted_for() || coalesce((
          SELECT array_agg(o.id) FROM organisations o
          WHERE o.kind = 'local-authority'
            AND o.la_code = NULLIF(current_setting('app.la_code', true), '')), '{}')
         $$;

CREATE FUNCTION public.pays_for(arrangement uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM funding_arrangements a JOIN funding_payers p
            ON p.arrangement_id = a.id AND p.terms_number = a.terms_number
          WHERE a.id = arrangement AND p.organisation_id = ANY (paying_organisations()))
          OR EXISTS (SELECT FROM funding_disputes d WHERE d.arrangement_id = arrangement
            AND d.organisation_id = ANY (paying_organisations()))
         $$;

CREATE FUNCTION public.pays_part(arrangement uuid, terms smallint, payer smallint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM funding_payers p WHERE p.arrangement_id = arrangement
          AND p.terms_number = terms AND p.number = payer
          AND p.organisation_id = ANY (paying_organisations()))
         $$;

CREATE FUNCTION public.place_in_revisit_queue(revisit uuid) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT count(*) FROM inspection_revisits r JOIN inspection_revisits o
          ON o.body_id = r.body_id AND o.state = 'open'
          AND (o.asked_at, o.id) <= (r.asked_at, r.id)
        WHERE r.id = revisit AND r.state = 'open'
         $$;

CREATE FUNCTION public.placed_among(providers uuid[]) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT DISTINCT s.provider_id FROM sites s JOIN placements p ON p.site_id = s.id
        WHERE s.provider_id = ANY (providers) AND p.ended_on IS NULL
         $$;

CREATE FUNCTION public.placed_at_own_sites(since date, until date) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT p.id FROM provider_owners o JOIN sites s ON s.provider_id = o.provider_id
        JOIN placements p ON p.site_id = s.id
        WHERE o.ended_at IS NULL AND o.organisation_id = ANY (organisations_acted_for())
          AND p.starts_on <= until AND (p.ended_on IS NULL OR p.ended_on >= since)
         $$;

CREATE FUNCTION public.placed_by_setting(authority text, day date, after uuid, most integer) RETURNS TABLE(site_id uuid, provider text, provider_name text, site integer, children bigint, commissioners bigint, contacts text[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT s.id, p.number, p.name, s.reference::integer, n.children, n.commissioners,
          CASE WHEN n.worrying THEN (
            SELECT array_agg(DISTINCT o.name ORDER BY o.name) FROM commitments c
            JOIN organisations o ON o.id = c.commissioner_id
            WHERE c.site_id = s.id AND c.period @> day) ELSE ARRAY[]::text[] END
        FROM sites s JOIN providers p ON p.id = s.provider_id CROSS JOIN LATERAL (
          SELECT count(DISTINCT c.child_link) AS children,
            count(DISTINCT c.commissioner_id) AS commissioners,
            EXISTS (SELECT FROM concerns k WHERE k.provider_id = s.provider_id
              AND k.closed_at IS NULL AND (k.site_id IS NULL OR k.site_id = s.id))
            OR EXISTS (SELECT FROM listings l WHERE l.site_id = s.id AND l.state = 'suspended')
              AS worrying
          FROM commitments c WHERE c.site_id = s.id AND c.period @> day
        ) n
        WHERE s.la_code = authority AND n.children > 0 AND (after IS NULL OR s.id > after)
        ORDER BY s.id LIMIT most
         $$;

CREATE FUNCTION public.placed_institutions(since date, until date, after uuid, most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT DISTINCT i.id FROM (SELECT DISTINCT c.site_id FROM commitments c
          WHERE c.period && daterange(since, until, '[]')) s, LATERAL institution_of(s.site_id) i(id)
        WHERE after IS NULL OR i.id > after ORDER BY i.id LIMIT most
         $$;

CREATE FUNCTION public.placement_balance(first_day date, last_day date, authority text) RETURNS TABLE(la_code text, term text, placements bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        WITH chain AS (
          SELECT p.id AS placement, 0 AS part, p.starts_on AS began, 0 AS number,
            (
      SELECT h.home FROM (
        SELECT c.since AS began, c.home_la_code AS home FROM child_circumstances c
          WHERE c.child_id = p.child_id
        UNION ALL
        SELECT e.since, e.la_code FROM erased_placement_areas e WHERE e.placement_id = p.id
      ) h
      ORDER BY h.began <= p.starts_on DESC, CASE WHEN h.began <= p.starts_on THEN h.began END DESC, h.began
      LIMIT 1) AS la
          FROM placements p WHERE p.starts_on <= last_day
          UNION ALL
          SELECT p.id, 1, c.since, 0, c.home_la_code
          FROM placements p JOIN child_circumstances c ON c.child_id = p.child_id
          WHERE c.since > p.starts_on AND (p.ended_on IS NULL OR c.since <= p.ended_on)
          UNION ALL
          SELECT p.id, 1, e.since, 0, e.la_code
          FROM placements p JOIN erased_placement_areas e ON e.placement_id = p.id
          WHERE e.since > p.starts_on AND (p.ended_on IS NULL OR e.since <= p.ended_on)
          UNION ALL
          SELECT f.placement_id, 2, greatest(s.since, f.since), s.number, s.la_code
          FROM follow_up_spells s JOIN follow_ups f ON f.id = s.follow_up_id
        ), moves AS (
          SELECT began, la, lag(la) OVER run AS former, row_number() OVER run AS nth
          FROM chain WINDOW run AS (PARTITION BY placement ORDER BY part, began, number)
        ), terms AS (SELECT 'opening-live' AS term, t.la FROM (
          SELECT (
      SELECT h.home FROM (
        SELECT c.since AS began, c.home_la_code AS home FROM child_circumstances c
          WHERE c.child_id = p.child_id
        UNION ALL
        SELECT e.since, e.la_code FROM erased_placement_areas e WHERE e.placement_id = p.id
      ) h
      ORDER BY h.began <= (first_day - 1) DESC, CASE WHEN h.began <= (first_day - 1) THEN h.began END DESC, h.began
      LIMIT 1) AS la FROM placements p
          WHERE p.starts_on <= (first_day - 1) AND (p.ended_on IS NULL OR p.ended_on > (first_day - 1))) t UNION ALL SELECT 'opening-followed' AS term, t.la FROM (
          SELECT (
          SELECT s.la_code FROM follow_up_spells s
          WHERE s.follow_up_id = f.id AND (s.number = 1 OR s.since <= (first_day - 1))
          ORDER BY s.number DESC LIMIT 1) AS la FROM follow_ups f
          WHERE f.since <= (first_day - 1) AND (f.closed_on IS NULL OR greatest(f.closed_on, f.since) > (first_day - 1))) t UNION ALL SELECT 'starts' AS term, t.la FROM (
          SELECT (
      SELECT h.home FROM (
        SELECT c.since AS began, c.home_la_code AS home FROM child_circumstances c
          WHERE c.child_id = p.child_id
        UNION ALL
        SELECT e.since, e.la_code FROM erased_placement_areas e WHERE e.placement_id = p.id
      ) h
      ORDER BY h.began <= p.starts_on DESC, CASE WHEN h.began <= p.starts_on THEN h.began END DESC, h.began
      LIMIT 1) AS la FROM placements p
          WHERE p.starts_on BETWEEN first_day AND last_day) t UNION ALL SELECT 'transfers-in' AS term, t.la FROM (
          SELECT m.la FROM moves m
          WHERE m.nth > 1 AND m.former IS DISTINCT FROM m.la AND m.began BETWEEN first_day AND last_day) t UNION ALL SELECT 'transfers-out' AS term, t.la FROM (
          SELECT m.former AS la FROM moves m
          WHERE m.nth > 1 AND m.former IS DISTINCT FROM m.la AND m.began BETWEEN first_day AND last_day) t UNION ALL SELECT 'exits' AS term, t.la FROM (
          SELECT (
      SELECT h.home FROM (
        SELECT c.since AS began, c.home_la_code AS home FROM child_circumstances c
          WHERE c.child_id = p.child_id
        UNION ALL
        SELECT e.since, e.la_code FROM erased_placement_areas e WHERE e.placement_id = p.id
      ) h
      ORDER BY h.began <= p.ended_on DESC, CASE WHEN h.began <= p.ended_on THEN h.began END DESC, h.began
      LIMIT 1) AS la FROM placements p
          WHERE p.ended_on BETWEEN first_day AND last_day AND ((p.destination <> 'unknown' OR p.end_reason = 'recorded-by-mistake') AND NOT coalesce(p.end_reason = 'recorded-by-mistake', false)) AND NOT EXISTS (SELECT FROM follow_ups f WHERE f.placement_id = p.id) UNION ALL 
          SELECT (
          SELECT s.la_code FROM follow_up_spells s
          WHERE s.follow_up_id = f.id AND (s.number = 1 OR s.since <= greatest(f.closed_on, f.since))
          ORDER BY s.number DESC LIMIT 1) AS la FROM follow_ups f
          WHERE f.closed_on IS NOT NULL AND greatest(f.closed_on, f.since) BETWEEN first_day AND last_day AND f.outcome <> 'recorded-by-mistake') t UNION ALL SELECT 'mistakes' AS term, t.la FROM (
          SELECT (
      SELECT h.home FROM (
        SELECT c.since AS began, c.home_la_code AS home FROM child_circumstances c
          WHERE c.child_id = p.child_id
        UNION ALL
        SELECT e.since, e.la_code FROM erased_placement_areas e WHERE e.placement_id = p.id
      ) h
      ORDER BY h.began <= p.ended_on DESC, CASE WHEN h.began <= p.ended_on THEN h.began END DESC, h.began
      LIMIT 1) AS la FROM placements p
          WHERE p.ended_on BETWEEN first_day AND last_day AND (p.end_reason = 'recorded-by-mistake') AND NOT EXISTS (SELECT FROM follow_ups f WHERE f.placement_id = p.id) UNION ALL 
          SELECT (
          SELECT s.la_code FROM follow_up_spells s
          WHERE s.follow_up_id = f.id AND (s.number = 1 OR s.since <= greatest(f.closed_on, f.since))
          ORDER BY s.number DESC LIMIT 1) AS la FROM follow_ups f
          WHERE f.closed_on IS NOT NULL AND greatest(f.closed_on, f.since) BETWEEN first_day AND last_day AND f.outcome = 'recorded-by-mistake') t UNION ALL SELECT 'closing-live' AS term, t.la FROM (
          SELECT (
      SELECT h.home FROM (
        SELECT c.since AS began, c.home_la_code AS home FROM child_circumstances c
          WHERE c.child_id = p.child_id
        UNION ALL
        SELECT e.since, e.la_code FROM erased_placement_areas e WHERE e.placement_id = p.id
      ) h
      ORDER BY h.began <= last_day DESC, CASE WHEN h.began <= last_day THEN h.began END DESC, h.began
      LIMIT 1) AS la FROM placements p
          WHERE p.starts_on <= last_day AND (p.ended_on IS NULL OR p.ended_on > last_day)) t UNION ALL SELECT 'closing-followed' AS term, t.la FROM (
          SELECT (
          SELECT s.la_code FROM follow_up_spells s
          WHERE s.follow_up_id = f.id AND (s.number = 1 OR s.since <= last_day)
          ORDER BY s.number DESC LIMIT 1) AS la FROM follow_ups f
          WHERE f.since <= last_day AND (f.closed_on IS NULL OR greatest(f.closed_on, f.since) > last_day)) t)
        SELECT t.la, t.term, count(*) FROM terms t
        WHERE authority IS NULL OR t.la = authority OR t.la IS NULL
        GROUP BY t.la, t.term
         $$;

CREATE FUNCTION public.placement_minutes(institution uuid, placement uuid, day date) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT coalesce(sum(c.weekly_minutes), 0)::integer FROM commitments c
        WHERE c.placement_id = placement AND c.period @> day
          AND c.site_id IN (SELECT institution_sites_of(institution))
         $$;

CREATE FUNCTION public.places_at(provider uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM sites s JOIN placements p ON p.site_id = s.id
          WHERE s.provider_id = provider
            AND (p.commissioner_id = ANY ((SELECT organisations_acted_for())::uuid[])
                 OR is_responsible_for_child(p.child_id)))
         $$;

CREATE FUNCTION public.plans_inspection(inspection uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM inspections i WHERE i.id = inspection
          AND (judges_provider(i.provider_id) OR (acting_machine() IS NOT NULL
            AND coalesce(answers_for_provider(i.provider_id), false))))
         $$;

CREATE FUNCTION public.proposer_of_redaction(redaction uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT p.name FROM redactions r JOIN people p ON p.id = r.proposed_by
        WHERE r.id = redaction AND answers_for_provider(r.provider_id)
         $$;

CREATE FUNCTION public.provider_funding(provider uuid, before uuid, most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT a.id FROM placements p JOIN funding_arrangements a ON a.placement_id = p.id
        WHERE p.site_id IN (SELECT s.id FROM sites s WHERE s.provider_id = provider)
          AND owns_provider(provider) AND (before IS NULL OR a.id < before)
        ORDER BY a.id DESC LIMIT most
         $$;

CREATE FUNCTION public.provider_place(placement uuid) RETURNS TABLE(commissioner_id uuid, child_id uuid, sealed_key bytea, delivery text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT p.commissioner_id, p.child_id, k.sealed_key, p.delivery
        FROM placements p JOIN children k ON k.id = p.child_id
        WHERE p.id = placement AND p.ended_on IS NULL AND owns_site(p.site_id)
         $$;

CREATE FUNCTION public.provides_for(arrangement uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM funding_arrangements a JOIN placements p ON p.id = a.placement_id
                       WHERE a.id = arrangement AND owns_site(p.site_id))
         $$;

CREATE FUNCTION public.provides_place(placement uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM placements p WHERE p.id = placement AND p.ended_on IS NULL
                       AND owns_site(p.site_id))
         $$;

CREATE FUNCTION public.public_provider(provider_number text) RETURNS TABLE(id uuid, number text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        WITH RECURSIVE gone_on AS (
          SELECT p.id, p.number, p.merged_into FROM providers p
          WHERE p.number = provider_number AND p.status <> 'known'
          UNION
          SELECT k.id, k.number, k.merged_into
          FROM providers k JOIN gone_on g ON k.id = g.merged_into AND k.status <> 'known'
        )
        SELECT g.id, g.number FROM gone_on g WHERE g.merged_into IS NULL
         $$;

CREATE FUNCTION public.published_inspection(wanted text) RETURNS TABLE(id uuid, body_id uuid, planned_on date, standards_version_id uuid, stands boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT i.id, i.body_id, i.planned_on, i.standards_version_id,
          (SELECT p.document IS NOT NULL FROM inspection_publications p
           WHERE p.inspection_id = i.id ORDER BY p.version DESC LIMIT 1)
        FROM inspections i WHERE i.reference = wanted AND i.state = 'published'
          AND may_see_provider(i.provider_id)
         $$;

CREATE FUNCTION public.quiet_children(before date, after uuid, most integer) RETURNS TABLE(child_id uuid, born_on date, quiet_since date, plan_or_care boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT c.id, c.date_of_birth, q.since,
          EXISTS (SELECT FROM child_circumstances d WHERE d.child_id = c.id
                  AND (d.plan_la_code IS NOT NULL OR d.care_la_code IS NOT NULL))
        FROM children c
        CROSS JOIN LATERAL (
          SELECT coalesce(max(p.ended_on), (c.changed_at AT TIME ZONE 'Europe/London')::date)
            AS since, coalesce(bool_or(p.ended_on IS NULL), false) AS placed
          FROM placements p WHERE p.child_id = c.id) q
        WHERE (after IS NULL OR c.id > after) AND c.erased_at IS NULL AND c.held_because IS NULL
          AND NOT q.placed AND q.since < before
          AND NOT EXISTS (SELECT FROM follow_ups f WHERE f.child_id = c.id AND f.closed_on IS NULL)
        ORDER BY c.id LIMIT most
         $$;

CREATE FUNCTION public.records_matched(listing uuid, today date) RETURNS TABLE(match_id uuid, number text, name text, status text, left_as text, left_on date)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT w.id, p.number, p.name, p.status, gone.state, gone.since
        FROM walk_back_matches w JOIN providers p ON p.id = w.other_provider_id
        LEFT JOIN LATERAL (
          SELECT CASE WHEN l.state IN ('removed', 'refused') THEN l.state ELSE l.next_state END AS state,
            CASE WHEN l.state IN ('removed', 'refused') THEN l.state_since ELSE l.next_on END AS since
          FROM listings l WHERE l.provider_id = p.id
            AND (l.state IN ('removed', 'refused') OR (l.next_state IN ('removed', 'refused') AND l.next_on <= today))
          ORDER BY since DESC, l.id DESC LIMIT 1) gone ON true
        WHERE w.listing_id = listing AND answers_for_listing(listing)
         $$;

CREATE FUNCTION public.records_named(beginnings text) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT p.id FROM providers p WHERE acting_organisation() IS NOT NULL AND regexp_replace(
          public.unaccent(lower(p.name)), '[^a-z0-9]', '', 'g') ~ beginnings
        UNION SELECT n.provider_id FROM provider_names n
          WHERE acting_organisation() IS NOT NULL AND regexp_replace(
            public.unaccent(lower(n.name)), '[^a-z0-9]', '', 'g') ~ beginnings
         $$;

CREATE FUNCTION public.refuse_adding_to_merged() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          IF EXISTS (SELECT FROM providers p
                     WHERE p.id = NEW.provider_id AND p.merged_into IS NOT NULL) THEN
            RAISE EXCEPTION 'the record was merged into another'
              USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'record_is_merged';
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
          RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$;

CREATE FUNCTION public.refuse_change_by_payer() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
          IF acting_organisation() IS NOT NULL AND NOT holds_placement(OLD.placement_id)
             AND (NEW.since, NEW.until, NEW.terms_number, NEW.amounts_of, NEW.hours_changed_on)
               IS DISTINCT FROM
               (OLD.since, OLD.until, OLD.terms_number, OLD.amounts_of, OLD.hours_changed_on) THEN
            RAISE EXCEPTION 'only the commissioner changes what is agreed'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_change_except_decision() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE decided text[] := ARRAY['status', 'inspection_id', 'decided_at', 'decided_by',
                                        'decision_reason', 'version'];
        BEGIN
          IF TG_OP = 'UPDATE' AND OLD.status = 'kept' AND NEW.status <> 'kept'
             AND to_jsonb(NEW) - decided = to_jsonb(OLD) - decided THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$;

CREATE FUNCTION public.refuse_change_except_redaction() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND OLD.document IS NOT NULL AND NEW.document IS NULL
             AND NEW.sha256 = OLD.sha256 AND NEW.version = OLD.version
             AND NEW.inspection_id = OLD.inspection_id AND NEW.published_at = OLD.published_at THEN
            RETURN NEW;
          END IF;
          IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1
             AND to_jsonb(NEW) - 'provider_id' = to_jsonb(OLD) - 'provider_id' THEN
            RETURN NEW;
          END IF;
        
          RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$;

CREATE FUNCTION public.refuse_change_except_scan() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
          IF TG_OP = 'UPDATE'
             AND (to_jsonb(NEW) - ARRAY['state', 'scanned_at', 'scanner', 'finding'])
               = (to_jsonb(OLD) - ARRAY['state', 'scanned_at', 'scanner', 'finding'])
             AND OLD.state <> 'infected' AND NEW.state IN ('clean', 'infected') THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION '% is written once: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$;

CREATE FUNCTION public.refuse_change_except_tombstone() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND OLD.record IS NOT NULL AND NEW.record IS NULL
             AND NEW.entry = OLD.entry THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$;

CREATE FUNCTION public.refuse_change_of_completed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE
          completed boolean;
        BEGIN
          IF TG_TABLE_NAME = 'self_evaluations' THEN
            completed := TG_OP = 'DELETE' OR OLD.completed_at IS NOT NULL;
          ELSE
            SELECT s.completed_at IS NOT NULL INTO completed FROM self_evaluations s
            WHERE s.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.self_evaluation_id
                              ELSE NEW.self_evaluation_id END;
          END IF;
          IF completed THEN
            RAISE EXCEPTION 'a completed self-evaluation does not change: % of % is refused',
              TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        END $$;

CREATE FUNCTION public.refuse_change_of_published() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
          IF OLD.state = 'draft' THEN
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
          END IF;
          IF TG_OP = 'UPDATE' AND upper_inf(OLD.in_force) AND NOT upper_inf(NEW.in_force)
             AND lower(NEW.in_force) = lower(OLD.in_force)
             AND to_jsonb(NEW) - 'in_force' = to_jsonb(OLD) - 'in_force' THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION 'what is published in % never changes: % is refused',
            TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
        END $$;

CREATE FUNCTION public.refuse_change_of_published_criteria() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE held text;
        BEGIN
          -- Locked, so that a version cannot be published between this look and the change.
          FOR held IN SELECT state FROM standards_versions v WHERE v.id IN (
              CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END,
              CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END) FOR SHARE LOOP
            IF held = 'published' THEN
              RAISE EXCEPTION 'criteria of a published version never change: % is refused', TG_OP
                USING ERRCODE = 'integrity_constraint_violation';
            END IF;
          END LOOP;
          RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END $$;

CREATE FUNCTION public.refuse_change_of_published_crosswalk() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE held text;
        BEGIN
          FOR held IN SELECT state FROM standards_versions v
              JOIN criteria c ON c.version_id = v.id WHERE c.id IN (
              CASE WHEN TG_OP <> 'INSERT' THEN OLD.to_criterion_id END,
              CASE WHEN TG_OP <> 'DELETE' THEN NEW.to_criterion_id END) FOR SHARE OF v LOOP
            IF held = 'published' THEN
              RAISE EXCEPTION 'the crosswalk of a published version never changes: % is refused',
                TG_OP USING ERRCODE = 'integrity_constraint_violation';
            END IF;
          END LOOP;
          RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END $$;

CREATE FUNCTION public.refuse_change_of_reply() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND NEW.reply = OLD.reply
             AND NEW.version = OLD.version AND NEW.judgement_id = OLD.judgement_id
             AND NEW.signed_at = OLD.signed_at THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION 'a reply stays as it was signed; say it otherwise in a further version'
            USING ERRCODE = 'integrity_constraint_violation';
        END $$;

CREATE FUNCTION public.refuse_days_without() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE follows boolean;
        BEGIN
          IF NEW.state = 'draft' OR upper_inf(NEW.in_force) THEN
            RETURN NULL;
          END IF;
          IF TG_TABLE_NAME = 'standards_versions' THEN
            SELECT EXISTS (SELECT FROM standards_versions n WHERE n.state = 'published'
              AND lower(n.in_force) = upper(NEW.in_force)) INTO follows;
          ELSE
            SELECT EXISTS (SELECT FROM published_policies n WHERE n.state = 'published'
              AND n.code = NEW.code AND lower(n.in_force) = upper(NEW.in_force)) INTO follows;
          END IF;
          IF NOT follows THEN
            RAISE EXCEPTION 'nothing in % follows what was ended', TG_TABLE_NAME
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NULL;
        END $$;

CREATE FUNCTION public.refuse_going_back() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.epoch = OLD.epoch
             AND NEW.entry >= OLD.entry
             AND (OLD.recorded_at IS NULL OR NEW.recorded_at >= OLD.recorded_at)
             AND (NEW.demonstration = OLD.demonstration OR OLD.entry = 0) THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION 'the head of the log only moves forward: % is refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$;

CREATE FUNCTION public.refuse_groundless_amendment() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          IF NEW.appeal_id IS NOT NULL AND NOT EXISTS (
               SELECT FROM inspection_appeals a WHERE a.id = NEW.appeal_id
               AND a.inspection_id = NEW.inspection_id AND a.appealed_by = NEW.proposed_by
               AND a.state = 'decided' AND a.decision IN ('upheld', 'partly')
               AND NEW.kind = 'correction') THEN
            RAISE EXCEPTION 'no appeal that was upheld asks for it'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_late_comment() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        DECLARE held inspections; judged inspection_judgements;
        BEGIN
          SELECT * INTO held FROM inspections i WHERE i.id = NEW.inspection_id FOR SHARE;
          SELECT * INTO judged FROM inspection_judgements j WHERE j.id = NEW.judgement_id;
          IF held.state <> 'with-provider' OR judged.inspection_id <> held.id THEN
            RAISE EXCEPTION 'comments are made and answered while the provider has the draft'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF TG_OP = 'UPDATE' AND OLD.answered_at IS NOT NULL THEN
            RAISE EXCEPTION 'what is answered stays'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF TG_OP = 'INSERT' OR NEW.comment <> OLD.comment THEN
            IF NEW.received_on > held.comments_due_on
               OR (held.comments_closed_at IS NOT NULL AND NOT NEW.by_letter)
               OR NEW.answered_at IS NOT NULL THEN
              RAISE EXCEPTION 'the time for comments is over'
                USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF acting_person() IS NOT NULL AND NOT (CASE WHEN NEW.by_letter
                THEN inspects(held.id) ELSE owns_provider(held.provider_id) END) THEN
              RAISE EXCEPTION 'the provider comments, or an inspector writes down its letter'
                USING ERRCODE = 'integrity_constraint_violation';
            END IF;
          ELSIF NEW.answered_at IS NOT NULL THEN
            IF acting_person() IS NOT NULL AND NOT inspects(held.id) THEN
              RAISE EXCEPTION 'inspectors answer comments'
                USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF NEW.answer = 'accepted' AND judged.version <= NEW.judgement_version THEN
              RAISE EXCEPTION 'what is accepted is corrected first'
                USING ERRCODE = 'integrity_constraint_violation';
            END IF;
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_late_judgement() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        DECLARE held inspections;
        BEGIN
          SELECT * INTO held FROM inspections i WHERE i.id = NEW.inspection_id FOR SHARE;
          IF held.state NOT IN ('planned', 'judging')
             AND NOT (held.state = 'with-provider' AND TG_OP = 'UPDATE' AND EXISTS (
               SELECT FROM inspection_comments c WHERE c.judgement_id = NEW.id
               AND c.answered_at IS NULL))
             AND NOT (held.state = 'published' AND TG_OP = 'UPDATE'
               AND is_being_corrected(NEW.inspection_id)) THEN
            RAISE EXCEPTION 'what was found is no longer written'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF NOT EXISTS (SELECT FROM inspection_sites s WHERE s.inspection_id = NEW.inspection_id
                         AND s.site_id = NEW.site_id)
             OR NOT EXISTS (SELECT FROM criteria c WHERE c.id = NEW.criterion_id
                            AND c.version_id = held.standards_version_id)
             OR NOT EXISTS (SELECT FROM inspectors i WHERE i.inspection_id = NEW.inspection_id
                            AND i.person_id = NEW.judged_by AND i.left_at IS NULL) THEN
            RAISE EXCEPTION 'its site, its criterion or its inspector is none of this inspection'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_leaving_nobody() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          IF 'administrator' <> ALL (OLD.roles) OR OLD.ended_at IS NOT NULL
             OR ('administrator' = ANY (NEW.roles) AND NEW.ended_at IS NULL) THEN
            RETURN NEW;
          END IF;
          -- Two administrators who remove each other at once must not both succeed.
          PERFORM pg_advisory_xact_lock(hashtextextended(OLD.organisation_id::text, 8));
          IF NOT EXISTS (SELECT FROM memberships m WHERE m.organisation_id = OLD.organisation_id
                         AND m.ended_at IS NULL AND 'administrator' = ANY (m.roles)
                         AND m.id <> OLD.id) THEN
            RAISE EXCEPTION 'the last administrator of an organisation stays'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'memberships_last_administrator_check';
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_misplaced_answer() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          IF NOT EXISTS (SELECT FROM inspections i JOIN inspection_judgements j
               ON j.inspection_id = i.id WHERE i.id = NEW.inspection_id AND i.state = 'published'
               AND i.provider_id = NEW.provider_id AND j.id = NEW.judgement_id) THEN
            RAISE EXCEPTION 'only what is published is answered'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_misplaced_withholding() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          IF TG_OP <> 'INSERT' OR NOT EXISTS (
               SELECT FROM inspection_replies r WHERE r.id = NEW.reply_id
               AND r.inspection_id = NEW.inspection_id AND r.provider_id = NEW.provider_id
               AND r.site = NEW.site AND r.criterion = NEW.criterion AND r.version = NEW.version)
             OR (acting_person() IS NOT NULL
                 AND (tie_of(NEW.withheld_by, NEW.provider_id) IS NOT NULL
                   OR EXISTS (SELECT FROM inspection_judgements j
                     WHERE j.inspection_id = NEW.inspection_id AND j.judged_by = NEW.withheld_by)
                   OR EXISTS (SELECT FROM inspectors n WHERE n.inspection_id = NEW.inspection_id
                     AND n.person_id = NEW.withheld_by AND n.left_at IS NULL))) THEN
            RAISE EXCEPTION 'somebody uninvolved withholds a reply, and that stays'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_own_verification() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          IF OLD.state = 'verified' THEN
            RAISE EXCEPTION 'what is verified stays'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF acting_person() IS NOT NULL AND NOT inspects(NEW.inspection_id)
             AND (NEW.state = 'verified' OR NEW.sent_back_reason IS DISTINCT FROM
                  OLD.sent_back_reason) THEN
            RAISE EXCEPTION 'inspectors say whether it was done'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF acting_person() IS NOT NULL AND NOT owns_provider(NEW.provider_id)
             AND ROW(NEW.action, NEW.role, NEW.due_on, NEW.document_id)
               IS DISTINCT FROM ROW(OLD.action, OLD.role, OLD.due_on, OLD.document_id) THEN
            RAISE EXCEPTION 'the provider says what it does'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_partial_amendment() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        DECLARE held inspections; newest integer; alone uuid;
        BEGIN
          SELECT * INTO held FROM inspections i WHERE i.id = NEW.inspection_id FOR UPDATE;
          SELECT max(p.version) INTO newest FROM inspection_publications p
            WHERE p.inspection_id = NEW.inspection_id;
          IF TG_OP = 'UPDATE' AND OLD.state <> 'proposed' THEN
            RAISE EXCEPTION 'what is settled stays'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF TG_OP = 'INSERT' AND NEW.state <> 'proposed' THEN
            RAISE EXCEPTION 'it is proposed first' USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF NEW.state IN ('proposed', 'confirmed') AND NOT coalesce(CASE NEW.kind
               WHEN 'correction' THEN NEW.of_version = newest
               ELSE NEW.of_version < newest END, false) THEN
            RAISE EXCEPTION 'the newest version is corrected, and an older one taken out'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF NEW.state IN ('confirmed', 'refused') THEN
            IF tie_of(NEW.decided_by, held.provider_id) IS NOT NULL
               OR EXISTS (SELECT FROM inspection_judgements j
                          WHERE j.inspection_id = held.id AND j.judged_by = NEW.decided_by)
               OR EXISTS (SELECT FROM inspectors n WHERE n.inspection_id = held.id
                          AND n.person_id = NEW.decided_by AND n.left_at IS NULL) THEN
              RAISE EXCEPTION 'who inspected, or has a tie, does not decide'
                USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            alone := sole_commissioner_of(held.provider_id);
            IF alone = root_of(acting_organisation()) AND NOT EXISTS (
                 SELECT FROM inspectors n WHERE n.inspection_id = held.id
                 AND n.left_at IS NULL AND root_of(n.organisation_id) <> alone) THEN
              RAISE EXCEPTION 'the only commissioner there does not decide alone'
                USING ERRCODE = 'integrity_constraint_violation';
            END IF;
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_partial_appeal() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        DECLARE held inspections; newest integer;
        BEGIN
          SELECT * INTO held FROM inspections i WHERE i.id = NEW.inspection_id FOR UPDATE;
          SELECT max(p.version) INTO newest FROM inspection_publications p
            WHERE p.inspection_id = NEW.inspection_id;
          IF TG_OP = 'INSERT' AND (NEW.state <> 'open' OR held.state <> 'published'
               OR NEW.of_version IS DISTINCT FROM newest) THEN
            RAISE EXCEPTION 'an appeal is against what stands published'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF TG_OP = 'UPDATE' AND OLD.state <> 'open' THEN
            RAISE EXCEPTION 'what is settled stays'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF NEW.state = 'decided' AND (NOT is_uninvolved(held.id, NEW.decided_by)
               OR sole_commissioner_of(held.provider_id) = root_of(NEW.decided_for)
               OR (acting_person() IS NOT NULL AND acting_person() <> NEW.decided_by)) THEN
            RAISE EXCEPTION 'somebody uninvolved decides an appeal'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF NEW.state = 'withdrawn' AND acting_person() IS NOT NULL
             AND NOT owns_provider(held.provider_id) THEN
            RAISE EXCEPTION 'who appealed takes it back'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_partial_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        DECLARE held inspections; alone uuid;
        BEGIN
          SELECT * INTO held FROM inspections i WHERE i.id = NEW.inspection_id;
          IF held.state <> 'to-check' THEN
            RAISE EXCEPTION 'it is not there to be checked'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF tie_of(NEW.person_id, held.provider_id) IS NOT NULL
             OR EXISTS (SELECT FROM inspectors i WHERE i.inspection_id = NEW.inspection_id
                        AND i.person_id = NEW.person_id AND i.left_at IS NULL)
             OR EXISTS (SELECT FROM inspection_judgements j
                        WHERE j.inspection_id = NEW.inspection_id AND j.judged_by = NEW.person_id)
          THEN
            RAISE EXCEPTION 'who inspected, or has a tie, does not check'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          alone := sole_commissioner_of(held.provider_id);
          IF alone = root_of(NEW.organisation_id) AND NOT EXISTS (
               SELECT FROM inspectors i WHERE i.inspection_id = NEW.inspection_id
               AND i.left_at IS NULL AND root_of(i.organisation_id) <> alone) THEN
            RAISE EXCEPTION 'the only commissioner there does not judge alone'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_partial_shares() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        DECLARE terms record;
        BEGIN
          IF TG_TABLE_NAME = 'funding_terms' THEN terms := NEW;
          ELSE
            SELECT * INTO terms FROM funding_terms t
            WHERE t.arrangement_id = NEW.arrangement_id AND t.number = NEW.terms_number;
          END IF;
          IF terms.estimate_pence IS DISTINCT FROM (
            SELECT sum(p.amount_pence) FROM funding_payers p
            WHERE p.arrangement_id = terms.arrangement_id AND p.terms_number = terms.number) THEN
            RAISE EXCEPTION 'the payers of % do not pay the estimate', terms.arrangement_id
              USING ERRCODE = 'check_violation', CONSTRAINT = 'funding_shares_whole';
          END IF;
          RETURN NULL;
        END $$;

CREATE FUNCTION public.refuse_settling_twice() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND OLD.state = 'proposed' AND NEW.state <> 'proposed' THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION 'a redaction is settled once and stays: % is refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$;

CREATE FUNCTION public.refuse_tied_inspector() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          IF NEW.left_at IS NULL AND EXISTS (SELECT FROM inspections i WHERE i.id = NEW.inspection_id
               AND tie_of(NEW.person_id, i.provider_id) IS NOT NULL) THEN
            RAISE EXCEPTION 'somebody with a tie to the provider does not inspect it'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF NEW.left_at IS NOT NULL AND EXISTS (SELECT FROM inspection_judgements j
               WHERE j.inspection_id = NEW.inspection_id AND j.judged_by = NEW.person_id) THEN
            RAISE EXCEPTION 'who has judged stays an inspector'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_unamended_publication() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          IF TG_OP = 'INSERT' AND NEW.version > 1 AND NOT EXISTS (
               SELECT FROM inspection_amendments a WHERE a.inspection_id = NEW.inspection_id
               AND a.kind = 'correction' AND a.state = 'confirmed'
               AND a.of_version = NEW.version - 1) THEN
            RAISE EXCEPTION 'nobody corrects what is published alone'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF TG_OP = 'UPDATE' AND NOT EXISTS (
               SELECT FROM inspection_amendments a WHERE a.inspection_id = NEW.inspection_id
               AND a.kind = 'redaction' AND a.state = 'confirmed'
               AND a.of_version = NEW.version) THEN
            RAISE EXCEPTION 'nobody takes out alone what is published'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_unanswered_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          IF NEW.state = 'to-check' AND OLD.state <> 'to-check' AND EXISTS (
               SELECT FROM inspection_comments c
               WHERE c.inspection_id = NEW.id AND c.answered_at IS NULL) THEN
            RAISE EXCEPTION 'every comment is answered before anybody checks'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_unchecked_publication() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          IF OLD.state IN ('published', 'cancelled') AND NEW.state <> OLD.state THEN
            RAISE EXCEPTION 'an inspection that is over stays so'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF NEW.state = 'published' AND OLD.state <> 'published' AND NOT EXISTS (
               SELECT FROM inspection_checks c WHERE c.inspection_id = NEW.id
               AND c.decision = 'published' AND c.checked_at >= OLD.comments_closed_at) THEN
            RAISE EXCEPTION 'nobody publishes an inspection alone'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$;

CREATE FUNCTION public.refuse_uncovered_days() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        DECLARE placement uuid; duties text[] := ARRAY['lead-contact', 'attendance-follow-up']; begins date;
        BEGIN
          IF TG_TABLE_NAME = 'placements' THEN
            placement := NEW.id;
          ELSE
            placement := coalesce(NEW.placement_id, OLD.placement_id);
            duties := ARRAY[coalesce(NEW.duty, OLD.duty)];
          END IF;
          SELECT least(p.starts_on, (p.recorded_at AT TIME ZONE 'Europe/London')::date) INTO begins FROM placements p WHERE p.id = placement;
          IF begins IS NOT NULL AND EXISTS (SELECT FROM unnest(duties) d(duty)
            WHERE NOT coalesce((SELECT range_agg(daterange(q.since, q.until, '[]'))
                @> daterange(begins, NULL)
              FROM duty_periods q WHERE q.placement_id = placement AND q.duty = d.duty), false)) THEN
            RAISE EXCEPTION 'nobody answers for % on some day', placement
              USING ERRCODE = 'check_violation', CONSTRAINT = 'duty_periods_cover';
          END IF;
          RETURN NULL;
        END $$;

CREATE FUNCTION public.refuse_unexplained_state() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
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
        END $$;

CREATE FUNCTION public.refuse_unproposed_move() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
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
        END $$;

CREATE FUNCTION public.registers_for(placement uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM placements p LEFT JOIN LATERAL (
            SELECT c.school_id FROM child_circumstances c WHERE c.child_id = p.child_id
              AND c.since <= (now() AT TIME ZONE 'Europe/London')::date
            ORDER BY c.since DESC LIMIT 1) roll ON true
          WHERE p.id = placement
            AND coalesce(roll.school_id, p.commissioner_id) = ANY (organisations_acted_for()))
         $$;

CREATE FUNCTION public.reports_for(placement uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM placements p WHERE p.id = placement
          AND (p.commissioner_id = acting_organisation() OR owns_site(p.site_id)))
         $$;

CREATE FUNCTION public.require_redaction() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          IF EXISTS (SELECT FROM redactions WHERE state = 'done' AND NEW.entry = ANY (entries)) THEN
            RETURN NULL;
          END IF;
          RAISE EXCEPTION 'no settled redaction takes anything out of entry %', NEW.entry
            USING ERRCODE = 'integrity_constraint_violation';
        END $$;

CREATE FUNCTION public.review_child_key(placement uuid) RETURNS TABLE(child_id uuid, sealed_key bytea)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT k.id, k.sealed_key FROM placements p JOIN children k ON k.id = p.child_id
        WHERE p.id = placement AND p.ended_on IS NULL AND owns_site(p.site_id)
         $$;

CREATE FUNCTION public.root_of(organisation uuid) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        WITH RECURSIVE upwards AS (
          SELECT o.id, o.parent_id FROM organisations o WHERE o.id = organisation
          UNION SELECT o.id, o.parent_id FROM organisations o JOIN upwards u ON o.id = u.parent_id
        ) SELECT id FROM upwards WHERE parent_id IS NULL
         $$;

CREATE FUNCTION public.safeguarding_facts(placement uuid, day date) RETURNS TABLE(commissioner_id uuid, child_id uuid, sealed_key bytea, starts_on date, ended_on date, delivery text, route text, by_authority boolean, plan_or_care boolean, transported boolean, severities text[], suspended boolean, named_on date, staff_seen date, staff_until date, visit_seen date, visit_until date, review_from date, review_by date, opened_on date)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT p.commissioner_id, p.child_id, k.sealed_key, p.starts_on, p.ended_on, p.delivery,
          p.route, o.kind IN ('local-authority', 'local-authority-team'),
          c.plan_la_code IS NOT NULL OR c.care_la_code IS NOT NULL,
          EXISTS (SELECT FROM funding_arrangements f WHERE f.placement_id = p.id
            AND f.kind = 'transport' AND f.until >= safeguarding_facts.day),
          (SELECT array_agg(n.severity) FROM concerns n
            WHERE n.provider_id = t.provider_id AND n.closed_at IS NULL),
          EXISTS (SELECT FROM listings l JOIN interim_suspensions i ON i.listing_id = l.id
            WHERE l.provider_id = t.provider_id AND l.state = 'suspended'),
          (SELECT (max(d.recorded_at) AT TIME ZONE 'Europe/London')::date FROM duty_contacts d
            WHERE d.placement_id = p.id AND d.duty = 'lead-contact'
              AND d.organisation_id = (SELECT q.organisation_id FROM duty_periods q
                WHERE q.placement_id = p.id AND q.duty = 'lead-contact'
                  AND safeguarding_facts.day
                    BETWEEN q.since AND coalesce(q.until, 'infinity'::date) LIMIT 1)),
          a.seen_on, a.usable_until, v.seen_on, v.usable_until, r.counted_from, r.next_on,
          (SELECT min(w.opened_on) FROM review_openings w WHERE w.placement_id = p.id
            AND w.settled_on IS NULL AND w.cause IN ('concern', 'suspension'))
        FROM placements p JOIN organisations o ON o.id = p.commissioner_id
        JOIN children k ON k.id = p.child_id JOIN sites t ON t.id = p.site_id
        LEFT JOIN LATERAL (SELECT x.* FROM child_circumstances x WHERE x.child_id = p.child_id
          AND x.since <= (now() AT TIME ZONE 'Europe/London')::date ORDER BY x.since DESC LIMIT 1) c ON true
        
        LEFT JOIN LATERAL (SELECT s.seen_on, s.usable_until FROM site_checks s
          WHERE s.site_id = p.site_id AND s.kind = 'staff-checks' AND s.withdrawn_at IS NULL
            AND s.seen_on <= safeguarding_facts.day AND (s.commissioner_id = p.commissioner_id
              OR (s.is_shared AND root_of(s.commissioner_id) = root_of(p.commissioner_id)))
          ORDER BY s.usable_until DESC LIMIT 1) a ON true
        
        LEFT JOIN LATERAL (SELECT s.seen_on, s.usable_until FROM site_checks s
          WHERE s.site_id = p.site_id AND s.kind = 'visit' AND s.withdrawn_at IS NULL
            AND s.seen_on <= safeguarding_facts.day AND (s.commissioner_id = p.commissioner_id
              OR (s.is_shared AND root_of(s.commissioner_id) = root_of(p.commissioner_id)))
          ORDER BY s.usable_until DESC LIMIT 1) v ON true
        LEFT JOIN reviews_due r ON r.placement_id = p.id
        WHERE p.id = placement AND may_see_attendance(p.id)
         $$;

CREATE FUNCTION public.safeguarding_lead_of(organisation uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT x.name FROM memberships m JOIN people x ON x.id = m.person_id
        WHERE m.organisation_id = organisation AND organisation = acting_organisation()
          AND m.ended_at IS NULL AND 'designated-safeguarding-lead' = ANY (m.roles)
        ORDER BY m.person_id LIMIT 1
         $$;

CREATE FUNCTION public.school_calendars_for(organisation uuid) RETURNS TABLE(school_year smallint, terms datemultirange, closures datemultirange)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT DISTINCT ON (c.school_year) c.school_year, c.terms, c.closures
        FROM organisations o JOIN school_calendars c ON c.organisation_id = o.id
          OR c.organisation_id IN (SELECT a.id FROM organisations a
            WHERE a.kind = 'local-authority' AND a.la_code = o.la_code)
        WHERE o.id = organisation
        ORDER BY c.school_year, (c.organisation_id = o.id) DESC
         $$;

CREATE FUNCTION public.serves_duty(placement uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM duty_periods d WHERE d.placement_id = placement
            AND d.organisation_id = ANY (bodies_acted_as()))
          OR EXISTS (SELECT FROM duty_offers o WHERE o.placement_id = placement
            AND o.to_organisation_id = ANY (bodies_acted_as()))
         $$;

CREATE FUNCTION public.sessions_without_arrival(day date, since timestamp with time zone, moment timestamp with time zone, minutes integer, holidays date[]) RETURNS TABLE(placement_id uuid, starts time without time zone, why text, due_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT p.id, n.starts, CASE WHEN f.kind IS NULL THEN 'not-reported' ELSE 'absent' END, due.at
        FROM (SELECT sessions_without_arrival.day) d
        JOIN placements p ON coalesce(p.ended_on, 'infinity'::date) >= d.day
          AND p.starts_on <= d.day
        
  JOIN LATERAL (SELECT t.id FROM placement_timetables t
    WHERE t.placement_id = p.id AND t.since <= d.day ORDER BY t.since DESC LIMIT 1) t ON true
  JOIN placement_sessions n ON n.timetable_id = t.id AND n.weekday = extract(isodow FROM d.day)

        LEFT JOIN LATERAL (SELECT c.minutes FROM attendance_contacts c
          WHERE c.placement_id = p.id ORDER BY c.id DESC LIMIT 1) agreed ON true
        CROSS JOIN LATERAL (SELECT (d.day + n.starts) AT TIME ZONE 'Europe/London'
          + make_interval(mins => coalesce(agreed.minutes, sessions_without_arrival.minutes)) AS at) due
        LEFT JOIN LATERAL (SELECT a.kind FROM attendance_facts a
          WHERE a.placement_id = p.id AND a.day = d.day AND a.starts = n.starts
          ORDER BY a.id DESC LIMIT 1) f ON true
        WHERE due.at <= moment AND due.at > since
          AND (f.kind IS NULL OR f.kind = 'absent') AND NOT d.day = ANY (holidays)
          AND NOT EXISTS (SELECT FROM attendance_alerts a
            WHERE a.placement_id = p.id AND a.day = d.day AND a.starts = n.starts)
          AND 
  (SELECT c.reason FROM attendance_closures c
    WHERE c.withdrawn_at IS NULL AND d.day BETWEEN c.since AND c.until
      AND (c.site_id = n.site_id OR c.placement_id = p.id OR c.commissioner_id = p.commissioner_id)
    ORDER BY c.id LIMIT 1)
 IS NULL
         $$;

CREATE FUNCTION public.shares_root_with(organisation uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$  SELECT root_of(organisation) = root_of(acting_organisation())  $$;

CREATE FUNCTION public.sites_to_place_at(wanted text) RETURNS TABLE(id uuid, reference smallint, la_code text, provider_id uuid, closed_on date, status text, number text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT s.id, s.reference, s.la_code, p.id, s.closed_on, p.status, p.number
        FROM providers p JOIN sites s ON s.provider_id = p.id
        WHERE p.number = wanted AND p.merged_into IS NULL AND acts_for_commissioner()
         $$;

CREATE FUNCTION public.sole_commissioner_of(provider uuid) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT min(root::text)::uuid FROM (
          SELECT DISTINCT root_of(c.commissioner_id) AS root FROM commitments c
          JOIN sites s ON s.id = c.site_id WHERE s.provider_id = provider
            AND c.period @> (now() AT TIME ZONE 'Europe/London')::date) roots
        HAVING count(*) = 1
         $$;

CREATE FUNCTION public.some_evidence_is_shared(provider uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM document_shares d WHERE d.provider_id = provider
          AND d.revoked_at IS NULL AND d.until >= (now() AT TIME ZONE 'Europe/London')::date
          AND d.organisation_id = ANY (organisations_acted_for()))
         $$;

CREATE FUNCTION public.staff_check_facts(provider uuid) RETURNS TABLE(member bigint, regulated_activity boolean, started_on date, ended_on date, kind text, status text, checked_on date)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT m.member, m.regulated_activity, m.started_on, m.ended_on,
               c.kind, c.status, c.checked_on
        FROM (SELECT s.*, row_number() OVER (ORDER BY s.id) AS member
              FROM staff_members s WHERE s.provider_id = provider) m
        LEFT JOIN LATERAL (
          SELECT DISTINCT ON (k.kind) k.kind, k.status, k.checked_on FROM staff_checks k
          WHERE k.staff_member_id = m.id ORDER BY k.kind, k.recorded_at DESC, k.id DESC
        ) c ON true
        WHERE some_evidence_is_shared(provider) OR owns_provider(provider)
           OR answers_for_provider(provider)
         $$;

CREATE FUNCTION public.stamp_recorded_at() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN NEW.recorded_at := clock_timestamp(); RETURN NEW; END $$;

CREATE FUNCTION public.take_inspection_number() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ SELECT CASE WHEN coalesce(acting_person(), acting_machine()) IS NOT NULL THEN nextval('inspection_numbers') END $$;

CREATE FUNCTION public.take_provider_number() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          IF acting_person() IS NULL THEN
            RAISE EXCEPTION 'nobody takes a number' USING ERRCODE = 'insufficient_privilege';
          END IF;
          RETURN nextval('provider_numbers');
        END $$;

CREATE FUNCTION public.threshold_days(institution uuid, since date, until date) RETURNS SETOF date
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT DISTINCT lower(c.period) FROM commitments c
        WHERE c.site_id IN (SELECT institution_sites_of(institution))
          AND c.period && daterange(since, until, '[]') AND lower(c.period) > since
        UNION
        SELECT d.since FROM child_circumstances d JOIN child_links n USING (child_id)
        WHERE d.since > threshold_days.since AND d.since <= until AND n.link_id IN (
          SELECT c.child_link FROM commitments c
          WHERE c.site_id IN (SELECT institution_sites_of(institution))
            AND c.period && daterange(threshold_days.since, until, '[]'))
         $$;

CREATE FUNCTION public.threshold_facts(institution uuid, day date, link uuid, besides uuid) RETURNS TABLE(is_asked boolean, minutes integer, placed_elsewhere integer, said_elsewhere integer, birth_month date, has_plan boolean, is_looked_after boolean, has_sen boolean, at_a_setting boolean, lone_tutor boolean, found_up_to integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        WITH here AS (
          SELECT c.child_link, sum(c.weekly_minutes)::integer AS minutes,
            max(c.minutes_elsewhere) AS said, bool_or(c.delivery = 'at-a-setting') AS at_a_setting,
            bool_or(c.delivery = 'lone-tutor') AS lone_tutor
          FROM commitments c
          WHERE c.site_id IN (SELECT institution_sites_of(institution)) AND c.period @> day
            AND c.placement_id IS DISTINCT FROM besides
          GROUP BY c.child_link
          UNION ALL
          SELECT link, 0, NULL, false, false WHERE link IS NOT NULL
        ), each AS (
          SELECT child_link, sum(minutes)::integer AS minutes, max(said) AS said,
            bool_or(at_a_setting) AS at_a_setting, bool_or(lone_tutor) AS lone_tutor
          FROM here GROUP BY child_link
        )
        SELECT e.child_link IS NOT DISTINCT FROM link, e.minutes,
          coalesce((SELECT sum(c.weekly_minutes)::integer FROM commitments c
            WHERE c.child_link = e.child_link AND c.period @> day
              AND c.placement_id IS DISTINCT FROM besides
              AND c.site_id NOT IN (SELECT institution_sites_of(institution))), 0),
          e.said, f.birth_month, coalesce(f.has_plan, false), coalesce(f.is_looked_after, false),
          coalesce(f.has_sen, false), e.at_a_setting, e.lone_tutor,
          (SELECT CASE x.finding WHEN 'not-full-time' THEN x.weekly_minutes END
            FROM full_time_findings x JOIN registration_cases r ON r.id = x.case_id
            WHERE r.provider_id = institution AND x.child_link = e.child_link
              AND day BETWEEN x.since AND coalesce(x.until, 'infinity')
            ORDER BY x.id DESC LIMIT 1)
        FROM each e LEFT JOIN LATERAL (
          SELECT min(date_trunc('month', k.date_of_birth)::date) AS birth_month,
            bool_or(d.plan_la_code IS NOT NULL) AS has_plan,
            bool_or(d.care_la_code IS NOT NULL) AS is_looked_after, bool_or(d.has_sen) AS has_sen
          FROM child_links n JOIN children k ON k.id = n.child_id LEFT JOIN LATERAL (
            SELECT s.plan_la_code, s.care_la_code, s.has_sen FROM child_circumstances s
            WHERE s.child_id = k.id AND s.since <= day ORDER BY s.since DESC LIMIT 1) d ON true
          WHERE n.link_id = e.child_link
        ) f ON true
         $$;

CREATE FUNCTION public.tie_of(person uuid, provider uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        SELECT CASE
          WHEN EXISTS (SELECT FROM declared_interests d WHERE d.person_id = person
            AND d.provider_id IN (SELECT p.id FROM providers p WHERE provider IN (p.id, p.merged_into)) AND (d.ended_on IS NULL OR d.ended_on >= (now() AT TIME ZONE 'Europe/London')::date))
            THEN 'declared-interest'
          WHEN EXISTS (SELECT FROM provider_owners o JOIN memberships m USING (organisation_id)
            WHERE o.provider_id IN (SELECT p.id FROM providers p WHERE provider IN (p.id, p.merged_into)) AND m.person_id = person) THEN 'stake'
        END
        $$;

CREATE FUNCTION public.timetabled_for(timetable uuid) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$  SELECT t.placement_id FROM placement_timetables t WHERE t.id = timetable  $$;

CREATE FUNCTION public.told_by_notices(child uuid, assessment uuid) RETURNS TABLE(kind text, given_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT n.kind, min(g.given_at) FROM placements p
        JOIN placement_notices n ON n.placement_id = p.id
        JOIN notice_sendings g ON g.notice_id = n.id AND g.outcome = 'sent'
        WHERE p.child_id = child AND (p.assessment_id = assessment
            OR (p.assessment_id IS NULL AND p.ended_on IS NULL))
          AND NOT EXISTS (SELECT FROM notice_sendings l WHERE l.corrects = g.id)
          AND may_see_placement(p.id)
        GROUP BY n.kind
         $$;

CREATE FUNCTION public.touch_by_calendar() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN
          PERFORM touch_statuses(ARRAY(SELECT s.placement_id FROM safeguarding_statuses s
            JOIN organisations o ON o.id = s.commissioner_id
            JOIN organisations c ON c.id = NEW.organisation_id
            WHERE o.id = c.id OR (c.kind = 'local-authority' AND o.la_code = c.la_code)));
          RETURN NULL;
        END $$;

CREATE FUNCTION public.touch_by_child() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ DECLARE  BEGIN PERFORM touch_statuses(ARRAY(SELECT p.id FROM placements p WHERE p.child_id = NEW.child_id AND p.ended_on IS NULL)); RETURN NULL; END $$;

CREATE FUNCTION public.touch_by_closure() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ DECLARE  BEGIN PERFORM touch_statuses(ARRAY(SELECT p.id FROM placements p WHERE p.ended_on IS NULL AND (p.id = NEW.placement_id OR p.site_id = NEW.site_id OR p.commissioner_id = NEW.commissioner_id OR EXISTS (SELECT FROM placement_timetables t JOIN placement_sessions e ON e.timetable_id = t.id WHERE t.placement_id = p.id AND e.site_id = NEW.site_id)))); RETURN NULL; END $$;

CREATE FUNCTION public.touch_by_facts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ DECLARE  BEGIN PERFORM touch_statuses(ARRAY(SELECT DISTINCT f.placement_id FROM added f)); RETURN NULL; END $$;

CREATE FUNCTION public.touch_by_placement() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ DECLARE  BEGIN PERFORM touch_statuses(ARRAY[NEW.placement_id]); RETURN NULL; END $$;

CREATE FUNCTION public.touch_by_provider() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ DECLARE  BEGIN PERFORM touch_statuses(ARRAY(SELECT p.id FROM sites s JOIN placements p ON p.site_id = s.id WHERE s.provider_id = NEW.provider_id AND p.ended_on IS NULL)); RETURN NULL; END $$;

CREATE FUNCTION public.touch_by_site() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ DECLARE at uuid; BEGIN IF TG_TABLE_NAME = 'sites' THEN at := NEW.id; ELSE at := NEW.site_id; END IF; PERFORM touch_statuses(ARRAY(SELECT p.id FROM placements p WHERE p.site_id = at AND p.ended_on IS NULL)); RETURN NULL; END $$;

CREATE FUNCTION public.touch_statuses(ids uuid[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
        BEGIN  -- in one order, so that no two who touch several wait for each other
          PERFORM FROM safeguarding_statuses s WHERE s.placement_id = ANY (ids)
            ORDER BY s.placement_id FOR UPDATE;
          UPDATE safeguarding_statuses s SET touched = s.touched + 1
            WHERE s.placement_id = ANY (ids);
        END $$;

CREATE FUNCTION public.traces_around(provider uuid, today date) RETURNS TABLE(record uuid, number text, standing text, kind text, value text, detail text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
    WITH RECURSIVE own(id, record) AS (
      SELECT p.id, p.id FROM providers p WHERE p.id = provider
        AND (owns_provider(p.id) OR answers_for_provider(p.id))
        AND EXISTS (SELECT FROM listings l WHERE l.provider_id = p.id
                    AND l.state IN ('submitted', 'in-assessment'))
      UNION SELECT p.id, o.record FROM providers p JOIN own o ON p.merged_into = o.id),
    gone(id, record) AS (
      SELECT p.id, p.id FROM providers p WHERE p.id NOT IN (SELECT o.id FROM own o)
        AND EXISTS (SELECT FROM own) AND p.merged_into IS NULL
        AND (p.status = 'removed' OR EXISTS (
          SELECT FROM listings l WHERE l.provider_id = p.id AND (l.state IN ('removed', 'refused')
            OR (l.next_state IN ('removed', 'refused') AND l.next_on <= today))))
      UNION SELECT p.id, g.record FROM providers p JOIN gone g ON p.merged_into = g.id),
    near(id) AS (
      SELECT s.provider_id FROM sites s JOIN sites mine ON mine.postcode = s.postcode
        JOIN own o ON o.id = mine.provider_id
      UNION SELECT c.provider_id FROM provider_contacts c
        JOIN provider_contacts mine ON mine.kind = c.kind AND mine.canonical = c.canonical
        JOIN own o ON o.id = mine.provider_id
      UNION SELECT p.id FROM providers p JOIN providers mine
        ON p.public_phone = mine.public_phone OR p.website = mine.website
        OR lower(split_part(p.public_email, '@', 2)) = lower(split_part(mine.public_email, '@', 2))
        JOIN own o ON o.id = mine.id),
    chosen(id, record, standing) AS (
      SELECT o.id, o.record, 'own' FROM own o
      UNION ALL SELECT g.id, g.record, 'gone' FROM gone g
      UNION ALL SELECT n.id, n.id, 'near' FROM near n
        WHERE n.id NOT IN (SELECT o.id FROM own o) AND n.id NOT IN (SELECT g.id FROM gone g)),
    traces(id, kind, value, detail) AS (
      SELECT p.id, 'name', p.name, NULL FROM providers p
      UNION ALL SELECT n.provider_id, 'name', n.name, NULL FROM provider_names n
        WHERE n.withdrawn_at IS NULL
      UNION ALL SELECT p.provider_id, 'person', p.name, to_char(p.birth_month, 'YYYY-MM')
        FROM provider_people p
      UNION ALL SELECT s.provider_id, 'address', array_to_string(s.address_lines
          || CASE WHEN s.address_lines = '{}' THEN NULL ELSE s.town END, ', '), s.postcode
        FROM sites s
      UNION ALL SELECT c.provider_id, c.kind, c.value, NULL FROM provider_contacts c
      UNION ALL SELECT p.id, 'phone', p.public_phone, NULL FROM providers p
      UNION ALL SELECT p.id, 'email', p.public_email, NULL FROM providers p
      UNION ALL SELECT p.id, 'website', p.website, NULL FROM providers p
      UNION ALL SELECT i.provider_id, i.scheme, i.value, NULL FROM provider_identifiers i
        WHERE i.withdrawn_at IS NULL
      -- Of others' accounts it is told only that they are the applicant's.
      UNION ALL SELECT b.provider_id, 'bank', encode(b.reference_hash, 'hex'), NULL
        FROM bank_references b WHERE b.reference_hash IN (
          SELECT mine.reference_hash FROM bank_references mine JOIN own o
          ON o.id = mine.provider_id)
      UNION ALL SELECT k.successor_id, 'continues', r.number, NULL
        FROM provider_links k JOIN gone g ON g.id = k.predecessor_id
        JOIN providers r ON r.id = g.record WHERE k.ended_at IS NULL)
    SELECT c.record, r.number, c.standing, t.kind, t.value, t.detail
    FROM chosen c JOIN providers r ON r.id = c.record JOIN traces t ON t.id = c.id
    WHERE t.value IS NOT NULL OR t.detail IS NOT NULL
 $$;

CREATE FUNCTION public.welcomes(organisation uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT invites_providers() AND EXISTS (SELECT FROM organisations o
            WHERE o.id = organisation AND o.kind = 'provider-owner'
              AND o.introduced_by = acting_organisation())
          AND NOT EXISTS (SELECT FROM memberships m WHERE m.organisation_id = organisation)
         $$;

CREATE FUNCTION public.welcomes_by(invitation uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM invitations i WHERE i.id = invitation
          AND welcomes(i.organisation_id))
         $$;

CREATE FUNCTION public.who_could_check(inspection uuid) RETURNS TABLE(organisation_id uuid, name text, own boolean, people bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT r.id, r.name, r.id = root_of(i.body_id), count(DISTINCT m.person_id)
        FROM inspections i
        JOIN memberships m ON m.ended_at IS NULL AND 'second-officer' = ANY (m.roles)
        JOIN people p ON p.id = m.person_id AND p.blocked_at IS NULL
        JOIN organisations r ON r.id = root_of(m.organisation_id)
        WHERE i.id = inspection AND (inspects(i.id) OR amends_inspection(i.id))
          AND r.kind IN ('local-authority', 'qa-body', 'department')
          AND tie_of(m.person_id, i.provider_id) IS NULL
          AND NOT EXISTS (SELECT FROM inspectors n WHERE n.inspection_id = i.id
                          AND n.person_id = m.person_id AND n.left_at IS NULL)
          AND NOT EXISTS (SELECT FROM inspection_judgements j WHERE j.inspection_id = i.id
                          AND j.judged_by = m.person_id)
          AND (r.id <> coalesce(sole_commissioner_of(i.provider_id), '00000000-0000-0000-0000-000000000000')
            OR EXISTS (SELECT FROM inspectors n WHERE n.inspection_id = i.id AND n.left_at IS NULL
                       AND root_of(n.organisation_id) <> r.id))
        GROUP BY r.id, r.name, i.body_id
         $$;

CREATE FUNCTION public.who_could_decide(inspection uuid) RETURNS TABLE(organisation_id uuid, name text, own boolean, people bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT r.id, r.name, r.id = root_of(i.body_id), count(DISTINCT m.person_id)
        FROM inspections i
        JOIN memberships m ON m.ended_at IS NULL AND 'second-officer' = ANY (m.roles)
        JOIN people p ON p.id = m.person_id AND p.blocked_at IS NULL
        JOIN organisations r ON r.id = root_of(m.organisation_id)
        WHERE i.id = inspection AND (inspects(i.id) OR amends_inspection(i.id))
          AND r.kind IN ('local-authority', 'qa-body', 'department')
          AND is_uninvolved(i.id, m.person_id)
          AND r.id IS DISTINCT FROM sole_commissioner_of(i.provider_id)
        GROUP BY r.id, r.name, i.body_id
         $$;

CREATE FUNCTION public.works_follow_up(follow_up uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ 
        SELECT EXISTS (SELECT FROM follow_ups f WHERE f.id = follow_up
          AND (acting_organisation() IN (f.commissioner_id, f.school_id)
            OR NULLIF(current_setting('app.la_code', true), '') IN (f.la_code, f.care_la_code)))
         $$;

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.assessment_decisions (
    assessment_id uuid NOT NULL,
    option_id uuid,
    outcome text NOT NULL,
    decided_by uuid NOT NULL,
    decided_by_name text NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    register_entry bigint NOT NULL,
    frozen bytea NOT NULL,
    sha256 bytea NOT NULL,
    CONSTRAINT assessment_decisions_approved_for_a_setting_check CHECK (((outcome = 'refused'::text) OR (option_id IS NOT NULL))),
    CONSTRAINT assessment_decisions_outcome_known_check CHECK ((outcome = ANY (ARRAY['approved'::text, 'refused'::text]))),
    CONSTRAINT assessment_decisions_sha256_length_check CHECK ((octet_length(sha256) = 32))
);

COMMENT ON COLUMN public.assessment_decisions.option_id IS 'Which setting was chosen';

COMMENT ON COLUMN public.assessment_decisions.outcome IS 'approved or refused';

COMMENT ON COLUMN public.assessment_decisions.decided_by_name IS 'As it was then';

COMMENT ON COLUMN public.assessment_decisions.register_entry IS 'The register''s newest entry then';

COMMENT ON COLUMN public.assessment_decisions.frozen IS 'Canonical JSON: facts in clear, personal parts as ciphertext';

COMMENT ON COLUMN public.assessment_decisions.sha256 IS 'Of the frozen bytes';

CREATE TABLE public.assessment_options (
    id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    site_id uuid NOT NULL,
    programme text,
    delivery text NOT NULL,
    sessions jsonb,
    weekly_minutes integer,
    minutes_elsewhere integer,
    price_pence bigint,
    price_unit text,
    standing text NOT NULL,
    encrypted bytea NOT NULL,
    light text,
    reached_on date,
    tested_at timestamp with time zone,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT assessment_options_delivery_known_check CHECK ((delivery = ANY (ARRAY['at-a-setting'::text, 'lone-tutor'::text, 'online'::text]))),
    CONSTRAINT assessment_options_encrypted_check CHECK ((octet_length(encrypted) >= 28)),
    CONSTRAINT assessment_options_light_known_check CHECK ((light = ANY (ARRAY['green'::text, 'amber'::text, 'incomplete'::text, 'red'::text]))),
    CONSTRAINT assessment_options_minutes_elsewhere_range_check CHECK (((minutes_elsewhere >= 0) AND (minutes_elsewhere <= 10080))),
    CONSTRAINT assessment_options_price_no_less_than_nothing_check CHECK ((price_pence >= 0)),
    CONSTRAINT assessment_options_price_unit_known_check CHECK ((price_unit = ANY (ARRAY['hour'::text, 'half-day'::text, 'day'::text, 'week'::text, 'term'::text, 'place'::text]))),
    CONSTRAINT assessment_options_priced_whole_check CHECK (((price_pence IS NULL) = (price_unit IS NULL))),
    CONSTRAINT assessment_options_standing_check CHECK ((standing = ANY (ARRAY['considered'::text, 'turned-down'::text, 'chosen'::text]))),
    CONSTRAINT assessment_options_tested_whole_check CHECK ((((light IS NULL) = (tested_at IS NULL)) AND ((light IS NULL) = (reached_on IS NULL)) AND ((light IS NULL) = (sessions IS NULL)))),
    CONSTRAINT assessment_options_timetabled_whole_check CHECK (((sessions IS NULL) = (weekly_minutes IS NULL))),
    CONSTRAINT assessment_options_weekly_minutes_range_check CHECK (((weekly_minutes >= 1) AND (weekly_minutes <= 10080)))
);

COMMENT ON COLUMN public.assessment_options.programme IS 'Which of the site''s offers';

COMMENT ON COLUMN public.assessment_options.delivery IS 'at-a-setting, lone-tutor or online';

COMMENT ON COLUMN public.assessment_options.sessions IS 'The proposed week: weekday, starts, ends, site';

COMMENT ON COLUMN public.assessment_options.weekly_minutes IS 'Of the proposed week';

COMMENT ON COLUMN public.assessment_options.minutes_elsewhere IS 'A week, at school or elsewhere; empty: nobody has said';

COMMENT ON COLUMN public.assessment_options.standing IS 'considered, turned-down or chosen';

COMMENT ON COLUMN public.assessment_options.encrypted IS 'Gaps and reasons, under the child''s own key; AES-256-GCM';

COMMENT ON COLUMN public.assessment_options.light IS 'What the registration test of the setting said of the proposed week';

COMMENT ON COLUMN public.assessment_options.reached_on IS 'The day on which it says so';

CREATE TABLE public.assessment_steps (
    id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    step text NOT NULL,
    encrypted bytea NOT NULL,
    written_by uuid,
    written_by_name text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    CONSTRAINT assessment_steps_encrypted_check CHECK ((octet_length(encrypted) >= 28)),
    CONSTRAINT assessment_steps_step_known_check CHECK ((step = ANY (ARRAY['need'::text, 'alternatives'::text, 'voices'::text, 'told'::text, 'shortlist'::text, 'registration'::text, 'match'::text, 'risk'::text, 'plan'::text, 'money'::text])))
);

COMMENT ON COLUMN public.assessment_steps.encrypted IS 'What was said, under the child''s own key; AES-256-GCM';

COMMENT ON COLUMN public.assessment_steps.written_by IS 'Empty: a machine';

COMMENT ON COLUMN public.assessment_steps.written_by_name IS 'As it was then';

CREATE TABLE public.assessment_tests (
    id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    commissioner_id uuid NOT NULL,
    site_id uuid NOT NULL,
    asked_as text NOT NULL,
    weekly_minutes integer NOT NULL,
    light text NOT NULL,
    asked_by_name text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    CONSTRAINT assessment_tests_asked_as_known_check CHECK ((asked_as = ANY (ARRAY['what-if'::text, 'option'::text, 'decision'::text]))),
    CONSTRAINT assessment_tests_light_known_check CHECK ((light = ANY (ARRAY['green'::text, 'amber'::text, 'incomplete'::text, 'red'::text])))
);

COMMENT ON COLUMN public.assessment_tests.asked_as IS 'what-if, option or decision';

COMMENT ON COLUMN public.assessment_tests.asked_by_name IS 'As it was then';

CREATE TABLE public.assessments (
    id uuid NOT NULL,
    commissioner_id uuid NOT NULL,
    reference text NOT NULL,
    child_id uuid NOT NULL,
    route text NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    requested_by uuid,
    requested_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_reason text,
    version integer NOT NULL,
    CONSTRAINT assessments_in_order_check CHECK ((ends_on >= starts_on)),
    CONSTRAINT assessments_referred_to_check CHECK ((length(btrim(reference)) > 0)),
    CONSTRAINT assessments_withdrawn_for_some_reason_check CHECK (((withdrawn_at IS NULL) = (withdrawn_reason IS NULL))),
    CONSTRAINT assessments_withdrawn_reason_known_check CHECK ((withdrawn_reason = ANY (ARRAY['not-needed'::text, 'other-place-found'::text, 'parent-refused'::text, 'child-left'::text, 'recorded-by-mistake'::text, 'child-erased'::text])))
);

COMMENT ON COLUMN public.assessments.reference IS 'The commissioner''s own';

COMMENT ON COLUMN public.assessments.route IS 'How the child comes to it: see rules.funding';

COMMENT ON COLUMN public.assessments.starts_on IS 'The first day, as it is meant to be';

COMMENT ON COLUMN public.assessments.ends_on IS 'The last day, once it is planned';

COMMENT ON COLUMN public.assessments.requested_by IS 'Who asked for it; empty: a machine';

COMMENT ON COLUMN public.assessments.requested_by_name IS 'As it was then';

COMMENT ON COLUMN public.assessments.version IS 'Counts changes; the entity tag';

CREATE TABLE public.attendance_alerts (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    day date NOT NULL,
    starts time without time zone NOT NULL,
    why text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    answer text,
    answered_by uuid,
    answered_by_name text,
    answered_at timestamp with time zone,
    CONSTRAINT attendance_alerts_answer_known_check CHECK ((answer = ANY (ARRAY['safe'::text, 'being-looked-for'::text, 'not-expected'::text, 'attended'::text]))),
    CONSTRAINT attendance_alerts_answered_whole_check CHECK ((((answer IS NULL) = (answered_at IS NULL)) AND ((answer IS NULL) = (answered_by IS NULL)) AND ((answer IS NULL) = (answered_by_name IS NULL)))),
    CONSTRAINT attendance_alerts_why_known_check CHECK ((why = ANY (ARRAY['not-reported'::text, 'absent'::text])))
);

COMMENT ON COLUMN public.attendance_alerts.day IS 'London';

COMMENT ON COLUMN public.attendance_alerts.starts IS 'London time';

COMMENT ON COLUMN public.attendance_alerts.why IS 'not-reported is never absent';

COMMENT ON COLUMN public.attendance_alerts.due_at IS 'When somebody was to be told';

COMMENT ON COLUMN public.attendance_alerts.answered_by_name IS 'As it was then';

CREATE TABLE public.attendance_closures (
    id uuid NOT NULL,
    site_id uuid,
    placement_id uuid,
    commissioner_id uuid,
    since date NOT NULL,
    until date NOT NULL,
    reason text NOT NULL,
    organisation_id uuid NOT NULL,
    said_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT attendance_closures_days_in_order_check CHECK ((until >= since)),
    CONSTRAINT attendance_closures_of_one_check CHECK ((num_nonnulls(site_id, placement_id, commissioner_id) = 1)),
    CONSTRAINT attendance_closures_reason_known_check CHECK ((reason = ANY (ARRAY['holiday'::text, 'training-day'::text, 'closed'::text, 'other-arrangement'::text])))
);

COMMENT ON COLUMN public.attendance_closures.until IS 'The last day';

COMMENT ON COLUMN public.attendance_closures.organisation_id IS 'Who said so';

COMMENT ON COLUMN public.attendance_closures.said_by IS 'As it was then';

CREATE TABLE public.attendance_codes (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    day date NOT NULL,
    half text NOT NULL,
    code text NOT NULL,
    proposed text,
    warning text,
    decided_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT attendance_codes_code_form_check CHECK (((length(code) >= 1) AND (length(code) <= 2))),
    CONSTRAINT attendance_codes_half_known_check CHECK ((half = ANY (ARRAY['morning'::text, 'afternoon'::text])))
);

COMMENT ON COLUMN public.attendance_codes.day IS 'London';

COMMENT ON COLUMN public.attendance_codes.half IS 'morning or afternoon';

COMMENT ON COLUMN public.attendance_codes.code IS 'Of the school''s register';

COMMENT ON COLUMN public.attendance_codes.proposed IS 'What the facts led to then';

COMMENT ON COLUMN public.attendance_codes.warning IS 'Why it does not fit, as was told';

COMMENT ON COLUMN public.attendance_codes.decided_by IS 'Person or machine, as named then';

CREATE TABLE public.attendance_contacts (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    person_id uuid NOT NULL,
    minutes smallint NOT NULL,
    agreed_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT attendance_contacts_minutes_range_check CHECK (((minutes >= 0) AND (minutes <= 240)))
);

COMMENT ON COLUMN public.attendance_contacts.minutes IS 'After the expected time';

COMMENT ON COLUMN public.attendance_contacts.agreed_by IS 'As it was then';

CREATE TABLE public.attendance_declarations (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    declared_on date NOT NULL,
    declared_by uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

CREATE TABLE public.attendance_facts (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    day date NOT NULL,
    starts time without time zone NOT NULL,
    kind text NOT NULL,
    arrived_at time without time zone,
    left_at time without time zone,
    absence text,
    source text NOT NULL,
    organisation_id uuid NOT NULL,
    reference text,
    reported_by text NOT NULL,
    told_by text,
    told_at timestamp with time zone,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT attendance_facts_absence_of_the_absent_check CHECK (((kind = 'absent'::text) OR (absence IS NULL))),
    CONSTRAINT attendance_facts_kind_known_check CHECK ((kind = ANY (ARRAY['arrived'::text, 'late'::text, 'left-early'::text, 'absent'::text, 'not-expected'::text]))),
    CONSTRAINT attendance_facts_late_at_some_time_check CHECK (((kind <> 'late'::text) OR (arrived_at IS NOT NULL))),
    CONSTRAINT attendance_facts_left_at_some_time_check CHECK (((kind <> 'left-early'::text) OR (left_at IS NOT NULL))),
    CONSTRAINT attendance_facts_source_known_check CHECK ((source = ANY (ARRAY['provider'::text, 'commissioner'::text]))),
    CONSTRAINT attendance_facts_told_whole_check CHECK (((told_at IS NULL) = (told_by IS NULL)))
);

COMMENT ON COLUMN public.attendance_facts.day IS 'London';

COMMENT ON COLUMN public.attendance_facts.starts IS 'Of the session; London time';

COMMENT ON COLUMN public.attendance_facts.kind IS 'arrived, late, left-early, absent …';

COMMENT ON COLUMN public.attendance_facts.arrived_at IS 'London time';

COMMENT ON COLUMN public.attendance_facts.left_at IS 'London time';

COMMENT ON COLUMN public.attendance_facts.absence IS 'Why; see rules.attendance.facts';

COMMENT ON COLUMN public.attendance_facts.source IS 'provider or commissioner';

COMMENT ON COLUMN public.attendance_facts.reference IS 'The reporter''s own';

COMMENT ON COLUMN public.attendance_facts.reported_by IS 'Person or machine, as named then';

COMMENT ON COLUMN public.attendance_facts.told_by IS 'By phone: who told it';

COMMENT ON COLUMN public.attendance_facts.told_at IS 'By phone: when';

CREATE TABLE public.audit_entries (
    id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    organisation_id uuid,
    organisation_name text,
    roles text[] NOT NULL,
    act text NOT NULL,
    outcome text NOT NULL,
    subject_kind text,
    subject_id text,
    subject_label text,
    subject_organisation_id uuid,
    subject_organisation_name text,
    reason text,
    purpose text,
    before jsonb,
    after jsonb,
    request_id text,
    CONSTRAINT audit_entries_actor_check CHECK ((actor_kind = ANY (ARRAY['person'::text, 'machine'::text, 'operator'::text, 'system'::text]))),
    CONSTRAINT audit_entries_outcome_known_check CHECK ((outcome = ANY (ARRAY['done'::text, 'read'::text, 'refused'::text]))),
    CONSTRAINT audit_entries_reads_say_why_check CHECK (((outcome = 'read'::text) <= (purpose IS NOT NULL)))
);

COMMENT ON COLUMN public.audit_entries.id IS 'Version 7: sorts by time';

COMMENT ON COLUMN public.audit_entries.recorded_at IS 'By the database''s own clock';

COMMENT ON COLUMN public.audit_entries.actor_id IS 'Of the person or machine';

COMMENT ON COLUMN public.audit_entries.actor_name IS 'As it was then';

COMMENT ON COLUMN public.audit_entries.organisation_id IS 'For whom they acted';

COMMENT ON COLUMN public.audit_entries.organisation_name IS 'As it was then';

COMMENT ON COLUMN public.audit_entries.roles IS 'Held then; a machine''s scopes';

COMMENT ON COLUMN public.audit_entries.act IS 'What was done: invitation.made …';

COMMENT ON COLUMN public.audit_entries.outcome IS 'done, read or refused';

COMMENT ON COLUMN public.audit_entries.subject_kind IS 'To what: membership …';

COMMENT ON COLUMN public.audit_entries.subject_label IS 'What people call it';

COMMENT ON COLUMN public.audit_entries.subject_organisation_id IS 'Whose record it was, who may therefore see this too';

COMMENT ON COLUMN public.audit_entries.subject_organisation_name IS 'As it was then';

COMMENT ON COLUMN public.audit_entries.reason IS 'Why it was done, or refused';

COMMENT ON COLUMN public.audit_entries.purpose IS 'Why somebody looked; a closed list';

COMMENT ON COLUMN public.audit_entries.before IS 'Changed fields alone';

COMMENT ON COLUMN public.audit_entries.after IS 'Changed fields alone';

CREATE TABLE public.authenticators (
    person_id uuid NOT NULL,
    sealed_secret bytea NOT NULL,
    last_counter bigint NOT NULL,
    added_at timestamp with time zone NOT NULL
);

COMMENT ON COLUMN public.authenticators.last_counter IS 'The newest half minute whose code was used; none is taken twice';

CREATE TABLE public.bank_references (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    reference_hash bytea NOT NULL,
    given_by uuid NOT NULL,
    given_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT bank_references_hash_length_check CHECK ((octet_length(reference_hash) = 32))
);

COMMENT ON COLUMN public.bank_references.reference_hash IS 'HMAC-SHA-256 of sort code and account number under a matching key';

CREATE TABLE public.child_circumstances (
    child_id uuid NOT NULL,
    since date NOT NULL,
    home_la_code text NOT NULL,
    school_id uuid,
    plan_la_code text,
    care_la_code text,
    has_sen boolean NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);

COMMENT ON COLUMN public.child_circumstances.since IS 'The first day, London';

COMMENT ON COLUMN public.child_circumstances.home_la_code IS 'Where the child lives';

COMMENT ON COLUMN public.child_circumstances.school_id IS 'On whose roll; empty: on none';

COMMENT ON COLUMN public.child_circumstances.plan_la_code IS 'Which maintains the education, health and care plan; empty: there is none';

COMMENT ON COLUMN public.child_circumstances.care_la_code IS 'Which looks after the child, if one does';

COMMENT ON COLUMN public.child_circumstances.has_sen IS 'Special educational needs, with or without a plan';

COMMENT ON COLUMN public.child_circumstances.version IS 'Counts changes; the entity tag';

CREATE TABLE public.child_links (
    child_id uuid NOT NULL,
    link_id uuid NOT NULL,
    upn_hash bytea,
    likeness_hash bytea NOT NULL,
    CONSTRAINT child_links_likeness_hash_length_check CHECK ((octet_length(likeness_hash) = 32)),
    CONSTRAINT child_links_upn_hash_length_check CHECK ((octet_length(upn_hash) = 32))
);

COMMENT ON COLUMN public.child_links.link_id IS 'The same for one child everywhere; says nothing else';

COMMENT ON COLUMN public.child_links.upn_hash IS 'HMAC-SHA-256 of the UPN; empty where it is not known';

COMMENT ON COLUMN public.child_links.likeness_hash IS 'HMAC-SHA-256 of family name, first name and day of birth';

CREATE TABLE public.child_particulars (
    child_id uuid NOT NULL,
    encrypted bytea NOT NULL,
    CONSTRAINT child_particulars_encrypted_check CHECK ((octet_length(encrypted) >= 28))
);

COMMENT ON COLUMN public.child_particulars.encrypted IS 'UPN and names; AES-256-GCM';

CREATE TABLE public.children (
    id uuid NOT NULL,
    commissioner_id uuid NOT NULL,
    reference text,
    sealed_key bytea,
    date_of_birth date,
    recorded_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    erased_at timestamp with time zone,
    version integer NOT NULL,
    held_because text,
    CONSTRAINT children_erased_whole_check CHECK ((((erased_at IS NULL) = (sealed_key IS NOT NULL)) AND ((erased_at IS NULL) = (date_of_birth IS NOT NULL)) AND ((erased_at IS NULL) = (reference IS NOT NULL)))),
    CONSTRAINT children_hold_known_check CHECK ((held_because = ANY (ARRAY['inquiry'::text, 'court'::text, 'complaint'::text, 'safeguarding'::text]))),
    CONSTRAINT children_not_erased_while_held_check CHECK (((erased_at IS NULL) OR (held_because IS NULL))),
    CONSTRAINT children_referred_to_check CHECK ((length(btrim(reference)) > 0))
);

COMMENT ON COLUMN public.children.reference IS 'The commissioner''s own';

COMMENT ON COLUMN public.children.sealed_key IS 'The child''s own key, sealed under the keyring; empty once erased';

COMMENT ON COLUMN public.children.version IS 'Counts changes; the entity tag';

COMMENT ON COLUMN public.children.held_because IS 'Not to be erased while this stands; empty: nothing stands against it';

CREATE TABLE public.claims (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    invitation_id uuid,
    verified_how text NOT NULL,
    verified_note text,
    invited_by uuid NOT NULL,
    invited_by_organisation uuid NOT NULL,
    invited_at timestamp with time zone NOT NULL,
    accepted_by uuid,
    accepted_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    CONSTRAINT claims_accepted_by_one_check CHECK (((accepted_at IS NULL) = (accepted_by IS NULL))),
    CONSTRAINT claims_one_ending_check CHECK (((accepted_at IS NULL) OR (withdrawn_at IS NULL))),
    CONSTRAINT claims_verified_how_known_check CHECK ((verified_how = ANY (ARRAY['known-phone'::text, 'known-address'::text, 'in-person'::text, 'official-register'::text, 'other'::text])))
);

COMMENT ON COLUMN public.claims.organisation_id IS 'The owner who is invited';

COMMENT ON COLUMN public.claims.invitation_id IS 'To the owner''s first administrator';

COMMENT ON COLUMN public.claims.verified_how IS 'How it was made sure who they are';

CREATE TABLE public.commitments (
    id uuid NOT NULL,
    site_id uuid NOT NULL,
    commissioner_id uuid NOT NULL,
    child_link uuid NOT NULL,
    period daterange NOT NULL,
    weekly_minutes integer NOT NULL,
    placement_id uuid NOT NULL,
    delivery text NOT NULL,
    minutes_elsewhere integer,
    CONSTRAINT commitments_delivery_known_check CHECK ((delivery = ANY (ARRAY['at-a-setting'::text, 'lone-tutor'::text, 'online'::text]))),
    CONSTRAINT commitments_minutes_elsewhere_range_check CHECK (((minutes_elsewhere >= 0) AND (minutes_elsewhere <= 10080))),
    CONSTRAINT commitments_some_days_check CHECK (((NOT isempty(period)) AND (NOT lower_inf(period)))),
    CONSTRAINT commitments_weekly_minutes_range_check CHECK (((weekly_minutes >= 1) AND (weekly_minutes <= 10080)))
);

COMMENT ON COLUMN public.commitments.commissioner_id IS 'The organisation that placed the child';

COMMENT ON COLUMN public.commitments.child_link IS 'The same for one child everywhere; says nothing else';

COMMENT ON COLUMN public.commitments.period IS 'The days it holds, London';

COMMENT ON COLUMN public.commitments.weekly_minutes IS 'As the timetable says';

COMMENT ON COLUMN public.commitments.placement_id IS 'Which placement it is of';

COMMENT ON COLUMN public.commitments.delivery IS 'at-a-setting, lone-tutor or online';

COMMENT ON COLUMN public.commitments.minutes_elsewhere IS 'A week, at school or anywhere not held here; empty: nobody has said';

CREATE TABLE public.concerns (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    site_id uuid,
    kind text NOT NULL,
    severity text NOT NULL,
    what text NOT NULL,
    noticed_on date NOT NULL,
    raised_by uuid NOT NULL,
    raised_by_name text NOT NULL,
    organisation_id uuid NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    closure text,
    closed_by uuid,
    closed_at timestamp with time zone,
    closed_reason text,
    version integer NOT NULL,
    CONSTRAINT concerns_closed_whole_check CHECK ((((closure IS NULL) = (closed_at IS NULL)) AND ((closure IS NULL) = (closed_by IS NULL)) AND ((closure IS NULL) = (closed_reason IS NULL)))),
    CONSTRAINT concerns_closure_known_check CHECK ((closure = ANY (ARRAY['resolved'::text, 'unfounded'::text, 'passed-on'::text, 'acted-on'::text]))),
    CONSTRAINT concerns_kind_known_check CHECK ((kind = ANY (ARRAY['safeguarding'::text, 'allegation'::text, 'quality'::text, 'illegal-school'::text, 'premises'::text, 'attendance'::text, 'data'::text, 'finance'::text]))),
    CONSTRAINT concerns_says_something_check CHECK ((length(btrim(what)) > 0)),
    CONSTRAINT concerns_severity_known_check CHECK ((severity = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'immediate'::text])))
);

COMMENT ON COLUMN public.concerns.site_id IS 'Empty: about the provider as a whole';

COMMENT ON COLUMN public.concerns.kind IS 'safeguarding, allegation, quality …';

COMMENT ON COLUMN public.concerns.severity IS 'low, medium, high or immediate';

COMMENT ON COLUMN public.concerns.what IS 'What was noticed; names no child';

COMMENT ON COLUMN public.concerns.raised_by_name IS 'As it was then';

COMMENT ON COLUMN public.concerns.organisation_id IS 'For whom they raised it';

COMMENT ON COLUMN public.concerns.closure IS 'What came of it; empty while open';

COMMENT ON COLUMN public.concerns.version IS 'Counts changes; the entity tag';

CREATE TABLE public.criteria (
    id uuid NOT NULL,
    version_id uuid NOT NULL,
    number text NOT NULL,
    standard text NOT NULL,
    part smallint NOT NULL,
    "position" smallint NOT NULL,
    requirement text NOT NULL,
    force text NOT NULL,
    law_part text,
    gate text NOT NULL,
    site_kinds text[] NOT NULL,
    staff_sizes text[] NOT NULL,
    evidence_kinds text[] NOT NULL,
    evidence_months smallint,
    guidance text NOT NULL,
    source text NOT NULL,
    source_status text NOT NULL,
    CONSTRAINT criteria_evidence_months_range_check CHECK (((evidence_months >= 1) AND (evidence_months <= 120))),
    CONSTRAINT criteria_force_known_check CHECK ((force = ANY (ARRAY['law'::text, 'standard'::text, 'good-practice'::text]))),
    CONSTRAINT criteria_gate_known_check CHECK ((gate = ANY (ARRAY['critical'::text, 'major'::text, 'minor'::text]))),
    CONSTRAINT criteria_number_form_check CHECK ((number ~ '^[1-4][.][0-9]{1,2}[a-z]{1,2}$'::text)),
    CONSTRAINT criteria_of_its_part_check CHECK ((standard ~ (('^'::text || (part)::text) || '[.][0-9]{1,2}$'::text))),
    CONSTRAINT criteria_of_its_standard_check CHECK (starts_with(number, standard)),
    CONSTRAINT criteria_says_something_check CHECK ((length(btrim(requirement)) > 0)),
    CONSTRAINT criteria_site_kinds_known_check CHECK ((site_kinds <@ ARRAY['fixed'::text, 'farm-or-outdoor'::text, 'workshop'::text, 'vehicle'::text, 'school-site'::text, 'hired'::text, 'home-visits'::text, 'online'::text, 'satellite'::text, 'subcontracted'::text])),
    CONSTRAINT criteria_source_status_known_check CHECK ((source_status = ANY (ARRAY['confirmed'::text, 'second-hand'::text, 'to-confirm'::text]))),
    CONSTRAINT criteria_staff_sizes_known_check CHECK ((staff_sizes <@ ARRAY['lone'::text, 'small'::text, 'larger'::text]))
);

COMMENT ON COLUMN public.criteria.number IS '1.1a: part, standard, letter';

COMMENT ON COLUMN public.criteria.standard IS '1.1';

COMMENT ON COLUMN public.criteria.part IS '1 to 4';

COMMENT ON COLUMN public.criteria."position" IS 'Where it is shown, from 1';

COMMENT ON COLUMN public.criteria.requirement IS 'What is asked, in our own words';

COMMENT ON COLUMN public.criteria.force IS 'law, standard or good-practice';

COMMENT ON COLUMN public.criteria.law_part IS 'What of it is law, where the whole is not';

COMMENT ON COLUMN public.criteria.gate IS 'critical, major or minor';

COMMENT ON COLUMN public.criteria.site_kinds IS 'Of which kinds of site it is asked; none named is all';

COMMENT ON COLUMN public.criteria.staff_sizes IS 'Of which sizes of provider it is asked; none named is all';

COMMENT ON COLUMN public.criteria.evidence_kinds IS 'Kinds of document or record that show it';

COMMENT ON COLUMN public.criteria.evidence_months IS 'How long evidence stays current; empty: until its own last day';

COMMENT ON COLUMN public.criteria.guidance IS 'How to show it, in proportion';

COMMENT ON COLUMN public.criteria.source IS 'What it rests on';

COMMENT ON COLUMN public.criteria.source_status IS 'confirmed, second-hand or to-confirm';

CREATE TABLE public.criteria_crosswalk (
    from_criterion_id uuid NOT NULL,
    to_criterion_id uuid NOT NULL,
    relation text NOT NULL,
    CONSTRAINT criteria_crosswalk_leads_on_check CHECK ((from_criterion_id <> to_criterion_id)),
    CONSTRAINT criteria_crosswalk_relation_known_check CHECK ((relation = ANY (ARRAY['same'::text, 'reworded'::text, 'widened'::text, 'narrowed'::text, 'split'::text, 'merged'::text])))
);

COMMENT ON COLUMN public.criteria_crosswalk.relation IS 'same, reworded, widened …';

CREATE TABLE public.declared_bands (
    declaration_id uuid NOT NULL,
    band text NOT NULL,
    children smallint NOT NULL,
    with_plan_or_care smallint NOT NULL,
    with_needs smallint NOT NULL,
    CONSTRAINT declared_bands_band_known_check CHECK ((band = ANY (ARRAY['over-18-hours'::text, 'from-15-to-18-hours'::text, 'under-15-hours'::text, 'up-to-18-hours-and-little-elsewhere'::text]))),
    CONSTRAINT declared_bands_counts_fit_check CHECK ((((children >= 0) AND (children <= 1000)) AND ((with_plan_or_care >= 0) AND (with_plan_or_care <= children)) AND ((with_needs >= 0) AND (with_needs <= children))))
);

COMMENT ON COLUMN public.declared_bands.with_plan_or_care IS 'Of them, with an EHC plan or looked after';

COMMENT ON COLUMN public.declared_bands.with_needs IS 'Of them, with special educational needs';

CREATE TABLE public.declared_interests (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    provider_id uuid NOT NULL,
    kind text NOT NULL,
    detail text NOT NULL,
    since date NOT NULL,
    ended_on date,
    declared_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT declared_interests_ends_after_beginning_check CHECK ((ended_on >= since)),
    CONSTRAINT declared_interests_explained_check CHECK ((length(btrim(detail)) > 0)),
    CONSTRAINT declared_interests_kind_known_check CHECK ((kind = ANY (ARRAY['worked-there'::text, 'family'::text, 'friend'::text, 'financial'::text, 'child-placed'::text, 'other'::text])))
);

COMMENT ON COLUMN public.declared_interests.organisation_id IS 'For whom they work';

COMMENT ON COLUMN public.declared_interests.kind IS 'worked-there, family, friend …';

COMMENT ON COLUMN public.declared_interests.detail IS 'In their words; never public';

COMMENT ON COLUMN public.declared_interests.ended_on IS 'The last day it binds';

COMMENT ON COLUMN public.declared_interests.version IS 'Counts changes; the entity tag';

CREATE TABLE public.document_shares (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    document_id uuid,
    organisation_id uuid NOT NULL,
    until date NOT NULL,
    granted_by uuid NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    revoked_by uuid,
    revoked_at timestamp with time zone
);

COMMENT ON COLUMN public.document_shares.document_id IS 'Empty: everything, also what comes later';

COMMENT ON COLUMN public.document_shares.organisation_id IS 'The commissioner who may see it';

COMMENT ON COLUMN public.document_shares.until IS 'The last day of the consent';

CREATE TABLE public.documents (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    site_id uuid,
    kind text NOT NULL,
    title text NOT NULL,
    file_id uuid,
    issued_on date,
    expires_on date,
    current_until date,
    insurer text,
    limit_pence bigint,
    covers_abuse boolean,
    replaces_id uuid,
    withdrawn_at timestamp with time zone,
    withdrawn_reason text,
    added_by uuid NOT NULL,
    added_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT documents_current_no_longer_than_it_lasts_check CHECK ((current_until <= expires_on)),
    CONSTRAINT documents_expires_after_issue_check CHECK ((expires_on >= issued_on)),
    CONSTRAINT documents_limit_positive_check CHECK ((limit_pence > 0)),
    CONSTRAINT documents_titled_check CHECK ((length(btrim(title)) > 0)),
    CONSTRAINT documents_withdrawn_with_reason_check CHECK (((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)))
);

COMMENT ON COLUMN public.documents.site_id IS 'Empty: for the provider as a whole';

COMMENT ON COLUMN public.documents.kind IS 'As the standards name evidence';

COMMENT ON COLUMN public.documents.expires_on IS 'The last day it is good';

COMMENT ON COLUMN public.documents.current_until IS 'The last day it counts as evidence: its expiry, or the standards'' time';

COMMENT ON COLUMN public.documents.limit_pence IS 'Cover for one claim';

COMMENT ON COLUMN public.documents.covers_abuse IS 'Of an insurance: claims of abuse are not excluded';

COMMENT ON COLUMN public.documents.version IS 'Counts changes; the entity tag';

CREATE TABLE public.duty_contacts (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    duty text NOT NULL,
    organisation_id uuid NOT NULL,
    name text NOT NULL,
    post text,
    encrypted_reach bytea,
    named_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT duty_contacts_duty_known_check CHECK ((duty = ANY (ARRAY['lead-contact'::text, 'attendance-follow-up'::text]))),
    CONSTRAINT duty_contacts_reach_encrypted_check CHECK ((octet_length(encrypted_reach) >= 28))
);

COMMENT ON COLUMN public.duty_contacts.post IS 'What they are there';

COMMENT ON COLUMN public.duty_contacts.encrypted_reach IS 'Telephone and e-mail, under the child''s own key; AES-256-GCM';

COMMENT ON COLUMN public.duty_contacts.named_by_name IS 'As it was then';

CREATE TABLE public.duty_offers (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    duty text NOT NULL,
    from_organisation_id uuid NOT NULL,
    to_organisation_id uuid NOT NULL,
    since date NOT NULL,
    offered_by uuid NOT NULL,
    offered_by_name text NOT NULL,
    offered_at timestamp with time zone NOT NULL,
    answer text,
    answered_by uuid,
    answered_by_name text,
    answered_at timestamp with time zone,
    CONSTRAINT duty_offers_answer_known_check CHECK ((answer = ANY (ARRAY['accepted'::text, 'refused'::text, 'withdrawn'::text]))),
    CONSTRAINT duty_offers_answered_whole_check CHECK ((((answer IS NULL) = (answered_at IS NULL)) AND ((answer IS NULL) = (answered_by IS NULL)) AND ((answer IS NULL) = (answered_by_name IS NULL)))),
    CONSTRAINT duty_offers_duty_known_check CHECK ((duty = ANY (ARRAY['lead-contact'::text, 'attendance-follow-up'::text]))),
    CONSTRAINT duty_offers_to_another_check CHECK ((to_organisation_id <> from_organisation_id))
);

COMMENT ON COLUMN public.duty_offers.since IS 'From the beginning of this day; London';

COMMENT ON COLUMN public.duty_offers.offered_by_name IS 'As it was then';

COMMENT ON COLUMN public.duty_offers.answered_by_name IS 'As it was then';

CREATE TABLE public.duty_periods (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    duty text NOT NULL,
    organisation_id uuid NOT NULL,
    since date NOT NULL,
    until date,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT duty_periods_days_in_order_check CHECK ((until >= since)),
    CONSTRAINT duty_periods_duty_known_check CHECK ((duty = ANY (ARRAY['lead-contact'::text, 'attendance-follow-up'::text])))
);

COMMENT ON COLUMN public.duty_periods.since IS 'The first day; London';

COMMENT ON COLUMN public.duty_periods.until IS 'The last day; empty: until the placement ends';

CREATE TABLE public.emailed_links (
    id uuid NOT NULL,
    kind text NOT NULL,
    invitation_id uuid,
    person_id uuid,
    token_hash bytea NOT NULL,
    sealed_token bytea,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT emailed_links_for_one_thing_check CHECK ((((kind = 'invitation'::text) = (invitation_id IS NOT NULL)) AND ((kind = 'sign-in'::text) = (person_id IS NOT NULL)))),
    CONSTRAINT emailed_links_kind_known_check CHECK ((kind = ANY (ARRAY['invitation'::text, 'sign-in'::text])))
);

COMMENT ON COLUMN public.emailed_links.token_hash IS 'SHA-256';

COMMENT ON COLUMN public.emailed_links.sealed_token IS 'For the worker that sends it; emptied when it is sent';

CREATE TABLE public.erased_placement_areas (
    placement_id uuid NOT NULL,
    since date NOT NULL,
    la_code text NOT NULL
);

CREATE TABLE public.erasures (
    child_id uuid NOT NULL,
    erased_at timestamp with time zone NOT NULL,
    erased_by uuid,
    reason text NOT NULL,
    CONSTRAINT erasures_reason_known_check CHECK ((reason = ANY (ARRAY['retention-over'::text, 'recorded-by-mistake'::text, 'subject-request'::text])))
);

COMMENT ON COLUMN public.erasures.reason IS 'retention-over, recorded-by-mistake …';

CREATE TABLE public.files (
    id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size_bytes bigint NOT NULL,
    sha256 bytea NOT NULL,
    state text NOT NULL,
    scanned_at timestamp with time zone,
    scanner text,
    finding text,
    received_at timestamp with time zone NOT NULL,
    received_by uuid,
    received_by_machine uuid,
    CONSTRAINT files_hash_length_check CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT files_holds_something_check CHECK ((size_bytes > 0)),
    CONSTRAINT files_infected_by_something_check CHECK (((state = 'infected'::text) = (finding IS NOT NULL))),
    CONSTRAINT files_named_check CHECK ((length(btrim(name)) > 0)),
    CONSTRAINT files_received_by_one_check CHECK ((num_nonnulls(received_by, received_by_machine) <= 1)),
    CONSTRAINT files_scanned_by_something_check CHECK (((state = ANY (ARRAY['clean'::text, 'infected'::text])) = ((scanned_at IS NOT NULL) AND (scanner IS NOT NULL)))),
    CONSTRAINT files_state_known_check CHECK ((state = ANY (ARRAY['quarantined'::text, 'clean'::text, 'infected'::text, 'unscanned'::text])))
);

COMMENT ON COLUMN public.files.id IS 'Names its object in the store';

COMMENT ON COLUMN public.files.organisation_id IS 'Whose evidence it is';

COMMENT ON COLUMN public.files.name IS 'As its sender calls it; no path';

COMMENT ON COLUMN public.files.media_type IS 'Found out from its bytes';

COMMENT ON COLUMN public.files.sha256 IS 'Of its bytes; the same file may be evidence of two organisations';

COMMENT ON COLUMN public.files.state IS 'quarantined, clean, infected or unscanned';

COMMENT ON COLUMN public.files.scanner IS 'What scanned it';

COMMENT ON COLUMN public.files.finding IS 'What the scanner calls what it found';

COMMENT ON COLUMN public.files.received_by IS 'Who sent it; empty: a machine, or the operator';

CREATE TABLE public.follow_up_handovers (
    id uuid NOT NULL,
    follow_up_id uuid NOT NULL,
    from_la_code text NOT NULL,
    to_la_code text NOT NULL,
    reason text NOT NULL,
    offered_on date NOT NULL,
    offered_by_name text NOT NULL,
    answer text,
    answered_on date,
    answered_by_name text,
    CONSTRAINT follow_up_handovers_answer_known_check CHECK ((answer = ANY (ARRAY['accepted'::text, 'declined'::text, 'lapsed'::text]))),
    CONSTRAINT follow_up_handovers_answered_whole_check CHECK ((((answer IS NULL) = (answered_on IS NULL)) AND ((answer IS NULL) = (answered_by_name IS NULL)))),
    CONSTRAINT follow_up_handovers_reason_known_check CHECK ((reason = ANY (ARRAY['moved-there'::text, 'seen-there'::text, 'circumstances-changed'::text, 'authority-abolished'::text]))),
    CONSTRAINT follow_up_handovers_to_another_check CHECK ((to_la_code <> from_la_code))
);

COMMENT ON COLUMN public.follow_up_handovers.offered_by_name IS 'As it was then';

COMMENT ON COLUMN public.follow_up_handovers.answered_by_name IS 'As it was then';

CREATE TABLE public.follow_up_spells (
    follow_up_id uuid NOT NULL,
    number smallint NOT NULL,
    la_code text NOT NULL,
    since date NOT NULL,
    became text NOT NULL,
    CONSTRAINT follow_up_spells_became_known_check CHECK ((became = ANY (ARRAY['opened'::text, 'handed-over'::text, 'succeeded'::text]))),
    CONSTRAINT follow_up_spells_number_range_check CHECK ((number > 0))
);

CREATE TABLE public.follow_up_steps (
    id uuid NOT NULL,
    follow_up_id uuid NOT NULL,
    kind text NOT NULL,
    taken_on date NOT NULL,
    by_name text NOT NULL,
    organisation_id uuid NOT NULL,
    encrypted bytea NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT follow_up_steps_encrypted_check CHECK ((octet_length(encrypted) >= 28)),
    CONSTRAINT follow_up_steps_kind_known_check CHECK ((kind = ANY (ARRAY['telephoned'::text, 'wrote'::text, 'visited-home'::text, 'asked-family'::text, 'asked-school'::text, 'asked-authority'::text, 'asked-social-care'::text, 'asked-health'::text, 'asked-police'::text, 'asked-border'::text, 'searched-records'::text, 'other'::text, 'closed'::text])))
);

COMMENT ON COLUMN public.follow_up_steps.by_name IS 'Who recorded it, as it was then';

COMMENT ON COLUMN public.follow_up_steps.encrypted IS 'What was said and found; AES-256-GCM';

CREATE TABLE public.follow_ups (
    id uuid NOT NULL,
    reference text NOT NULL,
    placement_id uuid NOT NULL,
    child_id uuid NOT NULL,
    commissioner_id uuid NOT NULL,
    la_code text NOT NULL,
    school_id uuid,
    care_la_code text,
    since date NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    next_step_by date,
    outcome text,
    evidence text,
    destination text,
    closed_on date,
    closed_by_name text,
    version integer NOT NULL,
    CONSTRAINT follow_ups_closed_with_outcome_check CHECK ((((outcome IS NULL) = (closed_on IS NULL)) AND ((outcome IS NULL) = (evidence IS NULL)) AND ((outcome IS NULL) = (closed_by_name IS NULL)) AND ((outcome IS NULL) = (next_step_by IS NOT NULL)))),
    CONSTRAINT follow_ups_destination_known_check CHECK ((destination = ANY (ARRAY['home-school'::text, 'other-mainstream'::text, 'special-school'::text, 'registered-provision'::text, 'other-non-school-provision'::text, 'further-education'::text, 'home-education'::text, 'custody'::text, 'moved-abroad'::text, 'other-known'::text]))),
    CONSTRAINT follow_ups_evidence_known_check CHECK ((evidence = ANY (ARRAY['seen-on-a-roll'::text, 'seen-in-person'::text, 'told-by-authority'::text, 'told-by-agency'::text, 'told-by-family'::text, 'own-record'::text]))),
    CONSTRAINT follow_ups_found_somewhere_check CHECK ((COALESCE((outcome = ANY (ARRAY['found'::text, 'returned-to-school'::text])), false) = (destination IS NOT NULL))),
    CONSTRAINT follow_ups_outcome_known_check CHECK ((outcome = ANY (ARRAY['found'::text, 'returned-to-school'::text, 'received-by-authority'::text, 'left-the-country'::text, 'died'::text, 'over-school-age'::text, 'recorded-by-mistake'::text])))
);

COMMENT ON COLUMN public.follow_ups.reference IS 'Random; all that a message says';

COMMENT ON COLUMN public.follow_ups.la_code IS 'Which looks now';

COMMENT ON COLUMN public.follow_ups.school_id IS 'On whose roll: looks first, jointly';

COMMENT ON COLUMN public.follow_ups.care_la_code IS 'Corporate parent; looks, too';

COMMENT ON COLUMN public.follow_ups.since IS 'The last day of the placement';

COMMENT ON COLUMN public.follow_ups.next_step_by IS 'By when something is tried; empty once it ended';

COMMENT ON COLUMN public.follow_ups.evidence IS 'How it is known';

COMMENT ON COLUMN public.follow_ups.destination IS 'Where the child is';

COMMENT ON COLUMN public.follow_ups.closed_by_name IS 'As it was then';

COMMENT ON COLUMN public.follow_ups.version IS 'Counts changes; the entity tag';

CREATE TABLE public.former_local_authorities (
    gss_code text NOT NULL,
    la_code text NOT NULL,
    name text NOT NULL,
    last_year smallint NOT NULL
);

COMMENT ON COLUMN public.former_local_authorities.gss_code IS 'ONS nine-character code, never used again';

COMMENT ON COLUMN public.former_local_authorities.la_code IS 'DfE three-digit code; sometimes kept by the successor';

COMMENT ON COLUMN public.former_local_authorities.name IS 'Its name then (DfE)';

COMMENT ON COLUMN public.former_local_authorities.last_year IS 'The last year in which the DfE''s list of areas has it';

CREATE TABLE public.former_local_authority_successors (
    former_gss_code text NOT NULL,
    successor_la_code text NOT NULL
);

COMMENT ON COLUMN public.former_local_authority_successors.former_gss_code IS 'The former authority';

COMMENT ON COLUMN public.former_local_authority_successors.successor_la_code IS 'An authority that has its area, or part of it, now';

CREATE TABLE public.full_time_findings (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    child_link uuid NOT NULL,
    finding text NOT NULL,
    weekly_minutes integer NOT NULL,
    since date NOT NULL,
    until date,
    reasons text NOT NULL,
    found_by uuid NOT NULL,
    found_by_name text NOT NULL,
    found_at timestamp with time zone NOT NULL,
    CONSTRAINT full_time_findings_days_in_order_check CHECK ((until >= since)),
    CONSTRAINT full_time_findings_finding_known_check CHECK ((finding = ANY (ARRAY['not-full-time'::text, 'by-the-hours'::text]))),
    CONSTRAINT full_time_findings_weekly_minutes_range_check CHECK (((weekly_minutes >= 1) AND (weekly_minutes <= 10080)))
);

COMMENT ON COLUMN public.full_time_findings.case_id IS 'Which says at whose institution it is';

COMMENT ON COLUMN public.full_time_findings.child_link IS 'As in commitments; names nobody';

COMMENT ON COLUMN public.full_time_findings.weekly_minutes IS 'As many were timetabled there; it covers no more';

COMMENT ON COLUMN public.full_time_findings.until IS 'The last day; empty: no end is set';

COMMENT ON COLUMN public.full_time_findings.reasons IS 'How it is known; names no child';

COMMENT ON COLUMN public.full_time_findings.found_by_name IS 'As it was then';

CREATE TABLE public.funding_arrangements (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    kind text NOT NULL,
    since date NOT NULL,
    until date NOT NULL,
    terms_number smallint NOT NULL,
    amounts_of smallint NOT NULL,
    hours_changed_on date,
    agreed_at timestamp with time zone,
    recorded_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT funding_arrangements_amounts_in_order_check CHECK ((amounts_of <= terms_number)),
    CONSTRAINT funding_arrangements_days_in_order_check CHECK ((until >= since)),
    CONSTRAINT funding_arrangements_kind_known_check CHECK ((kind = ANY (ARRAY['education'::text, 'transport'::text, 'meals'::text])))
);

COMMENT ON COLUMN public.funding_arrangements.kind IS 'education, transport or meals';

COMMENT ON COLUMN public.funding_arrangements.since IS 'The first day, by its present terms';

COMMENT ON COLUMN public.funding_arrangements.until IS 'The last day, by its present terms';

COMMENT ON COLUMN public.funding_arrangements.terms_number IS 'Of its present terms';

COMMENT ON COLUMN public.funding_arrangements.amounts_of IS 'The terms since which the money is the same; what is signed';

COMMENT ON COLUMN public.funding_arrangements.hours_changed_on IS 'The timetable changed from this day; to be confirmed. Empty: it did not';

COMMENT ON COLUMN public.funding_arrangements.agreed_at IS 'When the last payer signed these amounts; empty: one has yet to';

COMMENT ON COLUMN public.funding_arrangements.version IS 'Counts changes; the entity tag';

CREATE TABLE public.funding_budgets (
    arrangement_id uuid NOT NULL,
    terms_number smallint NOT NULL,
    payer_number smallint NOT NULL,
    budget_line text NOT NULL,
    CONSTRAINT funding_budgets_budget_line_known_check CHECK ((budget_line = ANY (ARRAY['school-budget'::text, 'notional-sen'::text, 'pupil-premium'::text, 'pupil-premium-plus'::text, 'high-needs-ap'::text, 'high-needs-top-up'::text, 'early-years'::text, 'icb'::text])))
);

CREATE TABLE public.funding_disputes (
    id uuid NOT NULL,
    arrangement_id uuid NOT NULL,
    terms_number smallint NOT NULL,
    payer_number smallint NOT NULL,
    payer text NOT NULL,
    organisation_id uuid,
    encrypted_reason bytea NOT NULL,
    opened_by uuid NOT NULL,
    opened_by_name text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    due_on date NOT NULL,
    settlement text,
    settled_by uuid,
    settled_at timestamp with time zone,
    decided_by text,
    encrypted_settlement bytea,
    CONSTRAINT funding_disputes_encrypted_check CHECK ((octet_length(encrypted_reason) >= 28)),
    CONSTRAINT funding_disputes_settled_whole_check CHECK ((((settlement IS NULL) = (settled_at IS NULL)) AND ((settlement IS NULL) = (settled_by IS NULL)) AND ((settlement IS NULL) = (encrypted_settlement IS NULL)) AND ((NOT (settlement IS DISTINCT FROM 'decision'::text)) = (decided_by IS NOT NULL)))),
    CONSTRAINT funding_disputes_settlement_encrypted_check CHECK ((octet_length(encrypted_settlement) >= 28)),
    CONSTRAINT funding_disputes_settlement_known_check CHECK ((settlement = ANY (ARRAY['agreement'::text, 'decision'::text])))
);

COMMENT ON COLUMN public.funding_disputes.terms_number IS 'The terms that are disputed';

COMMENT ON COLUMN public.funding_disputes.payer IS 'Capacity, and the organisation''s id or the name: the same in other terms';

COMMENT ON COLUMN public.funding_disputes.encrypted_reason IS 'Under the child''s key';

COMMENT ON COLUMN public.funding_disputes.opened_by_name IS 'As it was then';

COMMENT ON COLUMN public.funding_disputes.due_on IS 'The last day to settle it by';

COMMENT ON COLUMN public.funding_disputes.settlement IS 'agreement or decision';

COMMENT ON COLUMN public.funding_disputes.decided_by IS 'Who decided, and what they are';

COMMENT ON COLUMN public.funding_disputes.encrypted_settlement IS 'What was agreed or decided, and why; under the child''s own key';

CREATE TABLE public.funding_overrides (
    arrangement_id uuid NOT NULL,
    terms_number smallint NOT NULL,
    encrypted_reason bytea NOT NULL,
    proposed_by uuid NOT NULL,
    proposed_by_name text NOT NULL,
    confirmed_by uuid,
    confirmed_by_name text,
    confirmed_at timestamp with time zone,
    CONSTRAINT funding_overrides_by_two_people_check CHECK ((confirmed_by <> proposed_by)),
    CONSTRAINT funding_overrides_confirmed_whole_check CHECK ((((confirmed_by IS NULL) = (confirmed_at IS NULL)) AND ((confirmed_by IS NULL) = (confirmed_by_name IS NULL)))),
    CONSTRAINT funding_overrides_encrypted_check CHECK ((octet_length(encrypted_reason) >= 28))
);

COMMENT ON COLUMN public.funding_overrides.encrypted_reason IS 'Under the child''s key';

COMMENT ON COLUMN public.funding_overrides.proposed_by_name IS 'As it was then';

COMMENT ON COLUMN public.funding_overrides.confirmed_by_name IS 'As it was then';

CREATE TABLE public.funding_payers (
    arrangement_id uuid NOT NULL,
    terms_number smallint NOT NULL,
    number smallint NOT NULL,
    capacity text NOT NULL,
    organisation_id uuid,
    name text,
    share_basis_points smallint,
    amount_pence bigint NOT NULL,
    order_number text,
    CONSTRAINT funding_payers_capacity_known_check CHECK ((capacity = ANY (ARRAY['school'::text, 'trust'::text, 'home-la'::text, 'plan-la'::text, 'corporate-parent'::text, 'health-body'::text, 'college'::text, 'department'::text, 'parent'::text, 'other'::text]))),
    CONSTRAINT funding_payers_no_negative_sum_check CHECK ((amount_pence >= 0)),
    CONSTRAINT funding_payers_share_range_check CHECK (((share_basis_points >= 0) AND (share_basis_points <= 10000))),
    CONSTRAINT funding_payers_somebody_check CHECK (((organisation_id IS NULL) <> (name IS NULL)))
);

COMMENT ON COLUMN public.funding_payers.number IS '1 pays the provider first';

COMMENT ON COLUMN public.funding_payers.capacity IS 'As what they pay: see rules.funding';

COMMENT ON COLUMN public.funding_payers.name IS 'Of whoever is not on this service';

COMMENT ON COLUMN public.funding_payers.share_basis_points IS 'Of 10,000; empty where amounts were agreed';

COMMENT ON COLUMN public.funding_payers.amount_pence IS 'Together the estimate';

COMMENT ON COLUMN public.funding_payers.order_number IS 'For the provider''s invoice';

CREATE TABLE public.funding_recoveries (
    arrangement_id uuid NOT NULL,
    terms_number smallint NOT NULL,
    number smallint NOT NULL,
    basis text NOT NULL,
    from_organisation_id uuid NOT NULL,
    amount_pence bigint NOT NULL,
    formula text,
    rule text NOT NULL,
    since date NOT NULL,
    until date NOT NULL,
    CONSTRAINT funding_recoveries_basis_known_check CHECK ((basis = ANY (ARRAY['exclusion-formula'::text, 'awpu-pro-rata'::text, 'pupil-premium'::text, 'top-up'::text, 'local-agreement'::text]))),
    CONSTRAINT funding_recoveries_days_in_order_check CHECK ((until >= since)),
    CONSTRAINT funding_recoveries_no_negative_sum_check CHECK ((amount_pence >= 0))
);

COMMENT ON COLUMN public.funding_recoveries.formula IS 'With its figures, to be read';

COMMENT ON COLUMN public.funding_recoveries.rule IS 'Its code: see rules.catalogue';

COMMENT ON COLUMN public.funding_recoveries.until IS 'The last day';

CREATE TABLE public.funding_signatures (
    arrangement_id uuid NOT NULL,
    terms_number smallint NOT NULL,
    payer_number smallint NOT NULL,
    signed_name text NOT NULL,
    signed_on date NOT NULL,
    signed_by uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT funding_signatures_named_check CHECK ((length(btrim(signed_name)) > 0))
);

COMMENT ON COLUMN public.funding_signatures.terms_number IS 'The terms since which these amounts hold';

COMMENT ON COLUMN public.funding_signatures.signed_name IS 'Who agreed';

COMMENT ON COLUMN public.funding_signatures.signed_on IS 'On which day';

COMMENT ON COLUMN public.funding_signatures.signed_by IS 'Who signed here, or wrote down that they did';

CREATE TABLE public.funding_terms (
    arrangement_id uuid NOT NULL,
    number smallint NOT NULL,
    since date NOT NULL,
    until date NOT NULL,
    unit text NOT NULL,
    price_pence bigint NOT NULL,
    units_a_week numeric(5,2),
    times smallint NOT NULL,
    estimate_pence bigint NOT NULL,
    vat_note text,
    law_party text,
    law_organisation_id uuid,
    owed_by_rule text,
    why text,
    written_by_name text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    CONSTRAINT funding_terms_at_least_once_check CHECK ((times > 0)),
    CONSTRAINT funding_terms_days_in_order_check CHECK ((until >= since)),
    CONSTRAINT funding_terms_no_negative_sum_check CHECK (((price_pence >= 0) AND (estimate_pence >= 0))),
    CONSTRAINT funding_terms_unit_known_check CHECK ((unit = ANY (ARRAY['hour'::text, 'half-day'::text, 'day'::text, 'week'::text, 'term'::text, 'place'::text]))),
    CONSTRAINT funding_terms_units_where_counted_check CHECK (((units_a_week IS NOT NULL) = (unit = ANY (ARRAY['hour'::text, 'half-day'::text, 'day'::text]))))
);

COMMENT ON COLUMN public.funding_terms.number IS '1 is the first';

COMMENT ON COLUMN public.funding_terms.until IS 'The last day';

COMMENT ON COLUMN public.funding_terms.unit IS 'hour, half-day, day, week, term or place';

COMMENT ON COLUMN public.funding_terms.price_pence IS 'Of one unit';

COMMENT ON COLUMN public.funding_terms.times IS 'Weeks; terms; once for a place';

COMMENT ON COLUMN public.funding_terms.estimate_pence IS 'In all, as computed';

COMMENT ON COLUMN public.funding_terms.law_party IS 'Who pays first by the matrix: see rules.funding; empty for travel and meals';

COMMENT ON COLUMN public.funding_terms.law_organisation_id IS 'Which organisation that was, if known';

COMMENT ON COLUMN public.funding_terms.owed_by_rule IS 'The enactment by which the education is owed; empty: it may be chosen';

COMMENT ON COLUMN public.funding_terms.why IS 'Of an amendment; names no child';

COMMENT ON COLUMN public.funding_terms.written_by_name IS 'As it was then';

CREATE TABLE public.idempotency_keys (
    id uuid NOT NULL,
    caller text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    status smallint,
    location text,
    made_at timestamp with time zone NOT NULL
);

COMMENT ON COLUMN public.idempotency_keys.caller IS 'person:… or machine:…';

COMMENT ON COLUMN public.idempotency_keys.key IS 'As the caller chose it';

COMMENT ON COLUMN public.idempotency_keys.fingerprint IS 'SHA-256 of method, address and body';

COMMENT ON COLUMN public.idempotency_keys.status IS 'Empty while it is being done';

COMMENT ON COLUMN public.idempotency_keys.location IS 'Where the outcome can be read';

CREATE TABLE public.import_runs (
    id uuid NOT NULL,
    kind text NOT NULL,
    file_name text NOT NULL,
    sha256 text NOT NULL,
    options text NOT NULL,
    source text NOT NULL,
    source_date text,
    licence text NOT NULL,
    rows_read bigint NOT NULL,
    rows_added bigint NOT NULL,
    rows_changed bigint NOT NULL,
    rows_removed bigint NOT NULL,
    rows_refused bigint NOT NULL,
    accepted_good boolean NOT NULL,
    actor text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT import_runs_kind_known_check CHECK ((kind = ANY (ARRAY['postcodes'::text, 'providers'::text, 'schools'::text, 'school-groups'::text, 'school-links'::text])))
);

COMMENT ON COLUMN public.import_runs.kind IS 'What was imported: postcodes …';

COMMENT ON COLUMN public.import_runs.file_name IS 'Its name, without folders';

COMMENT ON COLUMN public.import_runs.sha256 IS 'Of the file as given, in hexadecimal';

COMMENT ON COLUMN public.import_runs.options IS 'What else decided the result, such as the LA chosen for the whole list';

COMMENT ON COLUMN public.import_runs.source IS 'Who published it';

COMMENT ON COLUMN public.import_runs.source_date IS 'The day it speaks of';

COMMENT ON COLUMN public.import_runs.licence IS 'Under which terms it may be used';

COMMENT ON COLUMN public.import_runs.rows_refused IS 'Rows with a fault';

COMMENT ON COLUMN public.import_runs.accepted_good IS 'Landed although rows were refused, because the operator said so';

CREATE TABLE public.inspection_actions (
    id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    provider_id uuid NOT NULL,
    judgement_id uuid NOT NULL,
    site integer NOT NULL,
    criterion text NOT NULL,
    action text NOT NULL,
    role text NOT NULL,
    due_on date NOT NULL,
    state text NOT NULL,
    given_by uuid NOT NULL,
    given_at timestamp with time zone NOT NULL,
    document_id uuid,
    evidence_sent_at timestamp with time zone,
    sent_back_reason text,
    verified_by uuid,
    verified_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT inspection_actions_says_something_check CHECK ((length(btrim(action)) > 0)),
    CONSTRAINT inspection_actions_says_who_check CHECK ((length(btrim(role)) > 0)),
    CONSTRAINT inspection_actions_state_known_check CHECK ((state = ANY (ARRAY['open'::text, 'evidence-sent'::text, 'verified'::text]))),
    CONSTRAINT inspection_actions_verified_by_somebody_check CHECK ((((state = 'verified'::text) = (verified_at IS NOT NULL)) AND ((verified_at IS NULL) = (verified_by IS NULL)))),
    CONSTRAINT inspection_actions_with_evidence_check CHECK (((state = 'open'::text) OR ((document_id IS NOT NULL) AND (evidence_sent_at IS NOT NULL))))
);

COMMENT ON COLUMN public.inspection_actions.site IS 'The site''s reference';

COMMENT ON COLUMN public.inspection_actions.criterion IS 'The criterion''s number';

COMMENT ON COLUMN public.inspection_actions.action IS 'What will be done; never public';

COMMENT ON COLUMN public.inspection_actions.role IS 'Who sees to it: a role, and no name';

COMMENT ON COLUMN public.inspection_actions.state IS 'open, evidence-sent, verified';

COMMENT ON COLUMN public.inspection_actions.document_id IS 'The evidence that it was done';

COMMENT ON COLUMN public.inspection_actions.sent_back_reason IS 'Why an inspector was not content with the evidence before';

COMMENT ON COLUMN public.inspection_actions.version IS 'Counts changes';

CREATE TABLE public.inspection_amendments (
    id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    kind text NOT NULL,
    of_version integer NOT NULL,
    changes jsonb,
    reason text NOT NULL,
    state text NOT NULL,
    proposed_by uuid NOT NULL,
    organisation_id uuid NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    decision_reason text,
    version integer NOT NULL,
    appeal_id uuid,
    CONSTRAINT inspection_amendments_decided_by_another_check CHECK (((state <> ALL (ARRAY['confirmed'::text, 'refused'::text])) OR (decided_by <> proposed_by))),
    CONSTRAINT inspection_amendments_decided_check CHECK ((((state = 'proposed'::text) = (decided_at IS NULL)) AND ((decided_at IS NULL) = (decided_by IS NULL)))),
    CONSTRAINT inspection_amendments_kind_known_check CHECK ((kind = ANY (ARRAY['correction'::text, 'redaction'::text]))),
    CONSTRAINT inspection_amendments_reasoned_check CHECK ((length(btrim(reason)) > 0)),
    CONSTRAINT inspection_amendments_says_what_changes_check CHECK (((kind = 'correction'::text) = (changes IS NOT NULL))),
    CONSTRAINT inspection_amendments_state_known_check CHECK ((state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'refused'::text, 'withdrawn'::text])))
);

COMMENT ON COLUMN public.inspection_amendments.kind IS 'correction or redaction';

COMMENT ON COLUMN public.inspection_amendments.of_version IS 'The published version that is corrected, or taken out';

COMMENT ON COLUMN public.inspection_amendments.changes IS 'The judgements as they are to be';

COMMENT ON COLUMN public.inspection_amendments.reason IS 'What was wrong; public once confirmed';

COMMENT ON COLUMN public.inspection_amendments.state IS 'proposed, confirmed, refused, withdrawn';

COMMENT ON COLUMN public.inspection_amendments.organisation_id IS 'For whom they proposed it';

COMMENT ON COLUMN public.inspection_amendments.decision_reason IS 'Why not; never public';

COMMENT ON COLUMN public.inspection_amendments.version IS 'Counts changes; the entity tag';

COMMENT ON COLUMN public.inspection_amendments.appeal_id IS 'The appeal that it follows from';

CREATE TABLE public.inspection_appeals (
    id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    provider_id uuid NOT NULL,
    of_version integer NOT NULL,
    judgement_ids uuid[] NOT NULL,
    grounds text NOT NULL,
    state text NOT NULL,
    appealed_by uuid NOT NULL,
    appealed_at timestamp with time zone NOT NULL,
    due_on date,
    due_rule text,
    decision text,
    reason text,
    decided_by uuid,
    decided_for uuid,
    decided_at timestamp with time zone,
    corrected_version integer,
    CONSTRAINT inspection_appeals_against_something_check CHECK ((judgement_ids <> '{}'::uuid[])),
    CONSTRAINT inspection_appeals_decided_with_reason_check CHECK ((((state = 'decided'::text) = (decision IS NOT NULL)) AND ((decision IS NULL) = (decided_by IS NULL)) AND ((decision IS NULL) = (decided_at IS NULL)) AND ((decision IS NULL) = (reason IS NULL)) AND ((COALESCE(decision, 'dismissed'::text) = 'dismissed'::text) = (corrected_version IS NULL)))),
    CONSTRAINT inspection_appeals_decision_known_check CHECK ((decision = ANY (ARRAY['upheld'::text, 'partly'::text, 'dismissed'::text]))),
    CONSTRAINT inspection_appeals_grounded_check CHECK ((length(btrim(grounds)) > 0)),
    CONSTRAINT inspection_appeals_state_known_check CHECK ((state = ANY (ARRAY['open'::text, 'decided'::text, 'withdrawn'::text])))
);

COMMENT ON COLUMN public.inspection_appeals.of_version IS 'The published version appealed';

COMMENT ON COLUMN public.inspection_appeals.judgement_ids IS 'The judgements it is against';

COMMENT ON COLUMN public.inspection_appeals.grounds IS 'Why; never public';

COMMENT ON COLUMN public.inspection_appeals.state IS 'open, decided, withdrawn';

COMMENT ON COLUMN public.inspection_appeals.due_on IS 'The last day to decide it';

COMMENT ON COLUMN public.inspection_appeals.due_rule IS 'How that day was counted';

COMMENT ON COLUMN public.inspection_appeals.decision IS 'upheld, partly, dismissed';

COMMENT ON COLUMN public.inspection_appeals.reason IS 'Why it was decided so; public';

COMMENT ON COLUMN public.inspection_appeals.decided_for IS 'For whom they decided it';

COMMENT ON COLUMN public.inspection_appeals.corrected_version IS 'The version that it came to, where it was upheld';

CREATE TABLE public.inspection_checks (
    id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    person_id uuid NOT NULL,
    person_name text NOT NULL,
    organisation_id uuid NOT NULL,
    decision text NOT NULL,
    reason text,
    checked_at timestamp with time zone NOT NULL,
    CONSTRAINT inspection_checks_decision_known_check CHECK ((decision = ANY (ARRAY['published'::text, 'returned'::text]))),
    CONSTRAINT inspection_checks_reasoned_check CHECK ((length(btrim(reason)) > 0)),
    CONSTRAINT inspection_checks_returned_with_reason_check CHECK (((decision = 'published'::text) OR (reason IS NOT NULL)))
);

COMMENT ON COLUMN public.inspection_checks.person_name IS 'As it was then; never public';

COMMENT ON COLUMN public.inspection_checks.decision IS 'published or returned';

COMMENT ON COLUMN public.inspection_checks.reason IS 'Why it goes back; never public';

CREATE TABLE public.inspection_comments (
    id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    judgement_id uuid NOT NULL,
    judgement_version integer NOT NULL,
    comment text NOT NULL,
    by_letter boolean NOT NULL,
    received_on date NOT NULL,
    said_by uuid NOT NULL,
    said_by_name text NOT NULL,
    said_at timestamp with time zone NOT NULL,
    answer text,
    reason text,
    answered_by uuid,
    answered_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT inspection_comments_answer_known_check CHECK ((answer = ANY (ARRAY['accepted'::text, 'not-accepted'::text]))),
    CONSTRAINT inspection_comments_answered_with_reason_check CHECK ((((answer IS NULL) = (answered_at IS NULL)) AND ((answer IS NULL) = (answered_by IS NULL)) AND (((answer = 'not-accepted'::text) AND (reason IS NULL)) IS NOT TRUE))),
    CONSTRAINT inspection_comments_says_something_check CHECK ((length(btrim(comment)) > 0))
);

COMMENT ON COLUMN public.inspection_comments.judgement_version IS 'Of the judgement as it was read when this was said';

COMMENT ON COLUMN public.inspection_comments.comment IS 'What is factually wrong; never public';

COMMENT ON COLUMN public.inspection_comments.by_letter IS 'Received outside the service, and written down by an inspector';

COMMENT ON COLUMN public.inspection_comments.received_on IS 'The day it was said, London';

COMMENT ON COLUMN public.inspection_comments.said_by_name IS 'As it was then; never public';

COMMENT ON COLUMN public.inspection_comments.answer IS 'accepted or not-accepted';

COMMENT ON COLUMN public.inspection_comments.reason IS 'Why it was not accepted, or how it was';

COMMENT ON COLUMN public.inspection_comments.version IS 'Counts changes; the entity tag';

CREATE TABLE public.inspection_files (
    file_id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    title text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    CONSTRAINT inspection_files_titled_check CHECK ((length(btrim(title)) > 0))
);

COMMENT ON COLUMN public.inspection_files.title IS 'What it shows; never public';

CREATE TABLE public.inspection_judgements (
    id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    site_id uuid NOT NULL,
    criterion_id uuid NOT NULL,
    judgement text NOT NULL,
    finding text,
    method text,
    seen_on date,
    carried_from_id uuid,
    judged_by uuid NOT NULL,
    judged_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT inspection_judgements_explained_check CHECK (((judgement = 'met'::text) OR (COALESCE(length(btrim(finding)), 0) > 0))),
    CONSTRAINT inspection_judgements_judgement_known_check CHECK ((judgement = ANY (ARRAY['met'::text, 'partly-met'::text, 'not-met'::text, 'not-applicable'::text, 'not-assessed'::text]))),
    CONSTRAINT inspection_judgements_method_known_check CHECK ((method = ANY (ARRAY['visit'::text, 'desk'::text, 'call'::text]))),
    CONSTRAINT inspection_judgements_not_from_itself_check CHECK ((carried_from_id <> id)),
    CONSTRAINT inspection_judgements_seen_unless_not_looked_at_check CHECK ((((judgement = ANY (ARRAY['not-applicable'::text, 'not-assessed'::text])) = (seen_on IS NULL)) AND ((seen_on IS NULL) = (method IS NULL))))
);

COMMENT ON COLUMN public.inspection_judgements.judgement IS 'met, partly-met, not-met …';

COMMENT ON COLUMN public.inspection_judgements.finding IS 'What was seen, or why nobody looked; published, so nothing about a child';

COMMENT ON COLUMN public.inspection_judgements.method IS 'visit, desk or call';

COMMENT ON COLUMN public.inspection_judgements.seen_on IS 'When this evidence was seen';

COMMENT ON COLUMN public.inspection_judgements.carried_from_id IS 'The published judgement whose evidence stands, where nobody looked anew';

COMMENT ON COLUMN public.inspection_judgements.version IS 'Counts changes; the entity tag';

CREATE SEQUENCE public.inspection_numbers
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.inspection_publications (
    id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    provider_id uuid NOT NULL,
    version integer NOT NULL,
    document bytea,
    sha256 bytea NOT NULL,
    correction text,
    published_at timestamp with time zone NOT NULL,
    redacted_at timestamp with time zone,
    redacted_reason text,
    CONSTRAINT inspection_publications_corrected_with_reason_check CHECK (((version = 1) = (correction IS NULL))),
    CONSTRAINT inspection_publications_counted_from_one_check CHECK ((version >= 1)),
    CONSTRAINT inspection_publications_hash_length_check CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT inspection_publications_redacted_with_reason_check CHECK ((((document IS NULL) = (redacted_at IS NOT NULL)) AND ((redacted_at IS NULL) = (redacted_reason IS NULL))))
);

COMMENT ON COLUMN public.inspection_publications.version IS '1, and one more for each correction';

COMMENT ON COLUMN public.inspection_publications.document IS 'What is public of it: canonical JSON, as UTF-8';

COMMENT ON COLUMN public.inspection_publications.sha256 IS 'Of the document';

COMMENT ON COLUMN public.inspection_publications.correction IS 'What changed and why; public';

COMMENT ON COLUMN public.inspection_publications.redacted_reason IS 'Why it is gone; public';

CREATE TABLE public.inspection_replies (
    id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    provider_id uuid NOT NULL,
    judgement_id uuid NOT NULL,
    site integer NOT NULL,
    criterion text NOT NULL,
    version integer NOT NULL,
    reply text NOT NULL,
    signed_by uuid NOT NULL,
    signed_by_name text NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT inspection_replies_counted_from_one_check CHECK ((version >= 1)),
    CONSTRAINT inspection_replies_says_something_check CHECK ((length(btrim(reply)) > 0))
);

COMMENT ON COLUMN public.inspection_replies.site IS 'The site''s reference';

COMMENT ON COLUMN public.inspection_replies.criterion IS 'The criterion''s number';

COMMENT ON COLUMN public.inspection_replies.version IS '1, and one more each time it is changed';

COMMENT ON COLUMN public.inspection_replies.reply IS 'Public';

COMMENT ON COLUMN public.inspection_replies.signed_by_name IS 'As it was then; never public';

CREATE TABLE public.inspection_revisits (
    id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    provider_id uuid NOT NULL,
    body_id uuid NOT NULL,
    reason text NOT NULL,
    state text NOT NULL,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    planned_id uuid,
    answer text,
    answered_by uuid,
    answered_at timestamp with time zone,
    CONSTRAINT inspection_revisits_planned_as_something_check CHECK (((state = 'planned'::text) = (planned_id IS NOT NULL))),
    CONSTRAINT inspection_revisits_reasoned_check CHECK ((length(btrim(reason)) > 0)),
    CONSTRAINT inspection_revisits_refused_with_reason_check CHECK (((state <> 'refused'::text) OR (answer IS NOT NULL))),
    CONSTRAINT inspection_revisits_state_known_check CHECK ((state = ANY (ARRAY['open'::text, 'planned'::text, 'refused'::text, 'withdrawn'::text])))
);

COMMENT ON COLUMN public.inspection_revisits.body_id IS 'Whose queue it stands in';

COMMENT ON COLUMN public.inspection_revisits.reason IS 'What was put right; never public';

COMMENT ON COLUMN public.inspection_revisits.state IS 'open, planned, refused, withdrawn';

COMMENT ON COLUMN public.inspection_revisits.planned_id IS 'The inspection that is the revisit';

COMMENT ON COLUMN public.inspection_revisits.answer IS 'Why there is none';

CREATE TABLE public.inspection_sites (
    inspection_id uuid NOT NULL,
    site_id uuid NOT NULL
);

CREATE TABLE public.inspections (
    id uuid NOT NULL,
    reference text NOT NULL,
    provider_id uuid NOT NULL,
    la_code text NOT NULL,
    body_id uuid NOT NULL,
    check_body_id uuid,
    kind text NOT NULL,
    state text NOT NULL,
    standards_version_id uuid NOT NULL,
    planned_on date NOT NULL,
    criteria text[] NOT NULL,
    reason text NOT NULL,
    sent_at timestamp with time zone,
    comments_due_on date,
    comments_closed_at timestamp with time zone,
    published_at timestamp with time zone,
    cancelled_reason text,
    made_at timestamp with time zone NOT NULL,
    made_by uuid,
    version integer NOT NULL,
    comments_rule text,
    appeal_body_id uuid,
    CONSTRAINT inspections_cancelled_with_reason_check CHECK (((state = 'cancelled'::text) = (cancelled_reason IS NOT NULL))),
    CONSTRAINT inspections_comments_closed_before_checked_check CHECK (((state <> ALL (ARRAY['to-check'::text, 'published'::text])) OR (comments_closed_at IS NOT NULL))),
    CONSTRAINT inspections_comments_due_check CHECK (((sent_at IS NULL) = (comments_due_on IS NULL))),
    CONSTRAINT inspections_heard_before_checked_check CHECK (((state <> ALL (ARRAY['with-provider'::text, 'to-check'::text, 'published'::text])) OR (sent_at IS NOT NULL))),
    CONSTRAINT inspections_kind_known_check CHECK ((kind = ANY (ARRAY['entry-desktop'::text, 'entry-visit'::text, 'monitoring'::text, 'annual'::text, 'themed'::text, 'unannounced'::text, 'follow-up'::text, 'closure'::text]))),
    CONSTRAINT inspections_published_once_check CHECK (((state = 'published'::text) = (published_at IS NOT NULL))),
    CONSTRAINT inspections_reasoned_check CHECK ((length(btrim(reason)) > 0)),
    CONSTRAINT inspections_state_known_check CHECK ((state = ANY (ARRAY['planned'::text, 'judging'::text, 'with-provider'::text, 'to-check'::text, 'published'::text, 'cancelled'::text]))),
    CONSTRAINT inspections_themed_names_criteria_check CHECK (((kind <> 'themed'::text) OR (criteria <> '{}'::text[])))
);

COMMENT ON COLUMN public.inspections.reference IS 'QA000017K: public';

COMMENT ON COLUMN public.inspections.la_code IS 'The local authority that decides there';

COMMENT ON COLUMN public.inspections.body_id IS 'Whose inspectors look: the QA body';

COMMENT ON COLUMN public.inspections.check_body_id IS 'The peer that was asked to check, where the body has nobody free';

COMMENT ON COLUMN public.inspections.kind IS 'entry-visit, annual, themed …';

COMMENT ON COLUMN public.inspections.state IS 'planned, judging, with-provider …';

COMMENT ON COLUMN public.inspections.standards_version_id IS 'In force on the planned day';

COMMENT ON COLUMN public.inspections.planned_on IS 'The day of the visit, London';

COMMENT ON COLUMN public.inspections.criteria IS 'Numbers of the only criteria looked at; none named is all';

COMMENT ON COLUMN public.inspections.reason IS 'Why it was planned; never public';

COMMENT ON COLUMN public.inspections.sent_at IS 'When the provider was first given the draft';

COMMENT ON COLUMN public.inspections.comments_due_on IS 'The last day for what is factually wrong';

COMMENT ON COLUMN public.inspections.comments_closed_at IS 'When the provider was done, or its time was over';

COMMENT ON COLUMN public.inspections.made_by IS 'Empty where a machine submitted it';

COMMENT ON COLUMN public.inspections.version IS 'Counts changes; the entity tag';

COMMENT ON COLUMN public.inspections.comments_rule IS 'How that day was counted, in words';

COMMENT ON COLUMN public.inspections.appeal_body_id IS 'The peer that was asked to decide an appeal';

CREATE TABLE public.inspectors (
    inspection_id uuid NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    organisation_id uuid NOT NULL,
    part text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    left_at timestamp with time zone,
    CONSTRAINT inspectors_part_known_check CHECK ((part = ANY (ARRAY['lead'::text, 'inspector'::text])))
);

COMMENT ON COLUMN public.inspectors.name IS 'As it was then; never public';

COMMENT ON COLUMN public.inspectors.organisation_id IS 'For whom they inspect: their team';

COMMENT ON COLUMN public.inspectors.part IS 'lead or inspector';

COMMENT ON COLUMN public.inspectors.left_at IS 'When they were taken off it, having judged nothing';

CREATE TABLE public.institution_sites (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    site_id uuid NOT NULL,
    reason text NOT NULL,
    grouped_by uuid NOT NULL,
    grouped_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);

COMMENT ON COLUMN public.institution_sites.provider_id IS 'Whose institution';

CREATE TABLE public.interim_payers (
    id uuid NOT NULL,
    arrangement_id uuid NOT NULL,
    party text NOT NULL,
    organisation_id uuid,
    rule text NOT NULL,
    because text NOT NULL,
    without_prejudice boolean NOT NULL,
    since date NOT NULL,
    until date,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT interim_payers_because_known_check CHECK ((because = ANY (ARRAY['dispute'::text, 'signature-missing'::text]))),
    CONSTRAINT interim_payers_days_in_order_check CHECK ((until >= since)),
    CONSTRAINT interim_payers_never_with_prejudice_check CHECK (without_prejudice)
);

COMMENT ON COLUMN public.interim_payers.party IS 'Who has the duty: see rules.funding';

COMMENT ON COLUMN public.interim_payers.organisation_id IS 'Which that is, where it is known';

COMMENT ON COLUMN public.interim_payers.rule IS 'The enactment: its code in rules.catalogue';

COMMENT ON COLUMN public.interim_payers.because IS 'dispute or signature-missing';

COMMENT ON COLUMN public.interim_payers.until IS 'The last day; empty: still';

CREATE TABLE public.interim_suspensions (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    listing_id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    imposed_on date NOT NULL,
    reviewed_on date NOT NULL,
    review_due_on date,
    version integer NOT NULL,
    CONSTRAINT interim_suspensions_reviewed_afterwards_check CHECK ((review_due_on >= imposed_on))
);

COMMENT ON COLUMN public.interim_suspensions.proposal_id IS 'Says what was found, and who the two were';

COMMENT ON COLUMN public.interim_suspensions.reviewed_on IS 'When somebody looked at it last; at first the day it was imposed';

COMMENT ON COLUMN public.interim_suspensions.review_due_on IS 'By when it is looked at again; empty where no clock runs';

COMMENT ON COLUMN public.interim_suspensions.version IS 'Counts changes; the entity tag';

CREATE TABLE public.invitations (
    id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    roles text[] NOT NULL,
    way text NOT NULL,
    invited_by uuid,
    invited_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    accepted_by uuid,
    withdrawn_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT invitations_accepted_by_one_check CHECK (((accepted_at IS NULL) = (accepted_by IS NULL))),
    CONSTRAINT invitations_email_lower_check CHECK ((email = lower(email))),
    CONSTRAINT invitations_one_end_check CHECK (((accepted_at IS NULL) OR (withdrawn_at IS NULL))),
    CONSTRAINT invitations_roles_known_check CHECK (((cardinality(roles) > 0) AND (roles <@ ARRAY['administrator'::text, 'commissioner'::text, 'approver'::text, 'finance-signatory'::text, 'designated-safeguarding-lead'::text, 'inspector'::text, 'second-officer'::text, 'provider-manager'::text, 'assessor'::text, 'analyst'::text, 'standards-editor'::text]))),
    CONSTRAINT invitations_way_known_check CHECK ((way = ANY (ARRAY['openid'::text, 'link'::text])))
);

COMMENT ON COLUMN public.invitations.name IS 'As whoever invited them wrote it';

COMMENT ON COLUMN public.invitations.email IS 'Lower case';

COMMENT ON COLUMN public.invitations.way IS 'How they will sign in: openid or link';

COMMENT ON COLUMN public.invitations.invited_by IS 'Empty: the operator';

COMMENT ON COLUMN public.invitations.version IS 'Counts changes; the entity tag';

CREATE TABLE public.jobs (
    id uuid NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    key text,
    run_after timestamp with time zone NOT NULL,
    state text NOT NULL,
    attempts smallint NOT NULL,
    lease uuid,
    leased_until timestamp with time zone,
    last_error text,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    made_by text NOT NULL,
    request_id text,
    CONSTRAINT jobs_ended_or_waiting_check CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
    CONSTRAINT jobs_leased_until_some_time_check CHECK (((lease IS NULL) = (leased_until IS NULL))),
    CONSTRAINT jobs_state_known_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'dead'::text])))
);

COMMENT ON COLUMN public.jobs.kind IS 'Names the handler';

COMMENT ON COLUMN public.jobs.payload IS 'Identifiers alone';

COMMENT ON COLUMN public.jobs.key IS 'Of which there may be only one, such as a schedule''s day';

COMMENT ON COLUMN public.jobs.attempts IS 'Begun so far';

COMMENT ON COLUMN public.jobs.lease IS 'Names the attempt that has it now';

COMMENT ON COLUMN public.jobs.leased_until IS 'After that, anyone''s';

COMMENT ON COLUMN public.jobs.last_error IS 'Its kind and place, no values';

COMMENT ON COLUMN public.jobs.made_by IS 'The actor''s kind and id';

CREATE TABLE public.judgement_files (
    judgement_id uuid NOT NULL,
    file_id uuid NOT NULL
);

CREATE TABLE public.judgement_notes (
    judgement_id uuid NOT NULL,
    note text NOT NULL,
    CONSTRAINT judgement_notes_says_something_check CHECK ((length(btrim(note)) > 0))
);

COMMENT ON COLUMN public.judgement_notes.note IS 'Never public, nor shown to the provider';

CREATE TABLE public.ledger_bodies (
    entry bigint NOT NULL,
    salt bytea,
    record bytea,
    redacted_at timestamp with time zone,
    redaction_reason text,
    CONSTRAINT ledger_bodies_record_or_tombstone_check CHECK ((((record IS NULL) = (salt IS NULL)) AND ((record IS NULL) = (redacted_at IS NOT NULL)) AND ((record IS NULL) = (redaction_reason IS NOT NULL))))
);

COMMENT ON COLUMN public.ledger_bodies.salt IS '16 random bytes';

COMMENT ON COLUMN public.ledger_bodies.record IS 'Canonical JSON, RFC 8785';

COMMENT ON COLUMN public.ledger_bodies.redacted_at IS 'When it was taken out';

COMMENT ON COLUMN public.ledger_bodies.redaction_reason IS 'Why, for the public';

CREATE TABLE public.ledger_causes (
    entry bigint NOT NULL,
    by text NOT NULL,
    CONSTRAINT ledger_causes_by_known_check CHECK ((by = ANY (ARRAY['provider'::text, 'local-authority'::text, 'qa-body'::text, 'commissioner'::text, 'department'::text, 'service'::text, 'operator'::text])))
);

COMMENT ON COLUMN public.ledger_causes.by IS 'The part of who caused it; never who it was';

CREATE TABLE public.ledger_entries (
    entry bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    effective_on date NOT NULL,
    number text NOT NULL,
    record_hash bytea NOT NULL,
    leaf_hash bytea NOT NULL,
    CONSTRAINT ledger_entries_leaf_hash_length_check CHECK ((octet_length(leaf_hash) = 32)),
    CONSTRAINT ledger_entries_numbered_from_one_check CHECK ((entry > 0)),
    CONSTRAINT ledger_entries_record_hash_length_check CHECK ((octet_length(record_hash) = 32))
);

COMMENT ON COLUMN public.ledger_entries.entry IS 'From 1, without gaps';

COMMENT ON COLUMN public.ledger_entries.recorded_at IS 'When the log learned it; strictly rising with the number';

COMMENT ON COLUMN public.ledger_entries.effective_on IS 'The London day from which it holds';

COMMENT ON COLUMN public.ledger_entries.number IS 'Provider number; no foreign key, the log outlives what it names';

COMMENT ON COLUMN public.ledger_entries.record_hash IS 'SHA-256 of salt and record';

COMMENT ON COLUMN public.ledger_entries.leaf_hash IS 'RFC 6962 leaf hash';

CREATE TABLE public.ledger_head (
    id smallint NOT NULL,
    entry bigint NOT NULL,
    recorded_at timestamp with time zone,
    epoch uuid NOT NULL,
    demonstration boolean NOT NULL,
    CONSTRAINT ledger_head_empty_or_dated_check CHECK (((entry = 0) = (recorded_at IS NULL))),
    CONSTRAINT ledger_head_one_row_check CHECK ((id = 1))
);

COMMENT ON COLUMN public.ledger_head.id IS 'Always 1';

COMMENT ON COLUMN public.ledger_head.entry IS 'Number of the newest entry; 0 if none';

COMMENT ON COLUMN public.ledger_head.recorded_at IS 'Its recorded time';

COMMENT ON COLUMN public.ledger_head.epoch IS 'Names this log: a cursor of another log is not a cursor of this one';

COMMENT ON COLUMN public.ledger_head.demonstration IS 'Every provider is invented; chosen while the log is empty, never changed after';

CREATE SEQUENCE public.ledger_head_id_seq
    AS smallint
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.ledger_head_id_seq OWNED BY public.ledger_head.id;

CREATE TABLE public.listing_moves (
    id uuid NOT NULL,
    listing_id uuid NOT NULL,
    from_state text,
    to_state text NOT NULL,
    effective_on date NOT NULL,
    reason text NOT NULL,
    public_reason text,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    organisation_id uuid,
    second_actor_id uuid,
    second_actor_name text,
    proposal_id uuid,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT listing_moves_actor_kind_known_check CHECK ((actor_kind = ANY (ARRAY['person'::text, 'machine'::text, 'operator'::text, 'system'::text]))),
    CONSTRAINT listing_moves_by_two_people_check CHECK ((second_actor_id <> actor_id)),
    CONSTRAINT listing_moves_from_state_known_check CHECK ((from_state = ANY (ARRAY['draft'::text, 'submitted'::text, 'in-assessment'::text, 'listed'::text, 'listed-with-actions'::text, 'under-review'::text, 'suspended'::text, 'removed'::text, 'closed'::text, 'refused'::text]))),
    CONSTRAINT listing_moves_nobody_alone_check CHECK (((to_state <> ALL (ARRAY['listed'::text, 'listed-with-actions'::text, 'refused'::text, 'removed'::text])) OR (second_actor_id IS NOT NULL) OR (actor_kind = ANY (ARRAY['operator'::text, 'system'::text])))),
    CONSTRAINT listing_moves_public_reason_known_check CHECK ((public_reason = ANY (ARRAY['assessment'::text, 'recent-local-check'::text, 'actions-agreed'::text, 'actions-completed'::text, 'evidence-out-of-date'::text, 'being-looked-into'::text, 'standards-not-met'::text, 'provider-asked'::text, 'no-longer-operating'::text, 'replaced-by-later-listing'::text, 'decision-reviewed'::text, 'administrative'::text]))),
    CONSTRAINT listing_moves_reasoned_check CHECK ((length(btrim(reason)) > 0)),
    CONSTRAINT listing_moves_to_state_known_check CHECK ((to_state = ANY (ARRAY['draft'::text, 'submitted'::text, 'in-assessment'::text, 'listed'::text, 'listed-with-actions'::text, 'under-review'::text, 'suspended'::text, 'removed'::text, 'closed'::text, 'refused'::text])))
);

COMMENT ON COLUMN public.listing_moves.from_state IS 'Empty for the first';

COMMENT ON COLUMN public.listing_moves.effective_on IS 'The day from which it holds';

COMMENT ON COLUMN public.listing_moves.reason IS 'Why, in full; never public';

COMMENT ON COLUMN public.listing_moves.public_reason IS 'Why, of a closed list';

COMMENT ON COLUMN public.listing_moves.actor_id IS 'Who decided, or proposed';

COMMENT ON COLUMN public.listing_moves.actor_name IS 'As it was then; never public';

COMMENT ON COLUMN public.listing_moves.organisation_id IS 'For whom they acted';

COMMENT ON COLUMN public.listing_moves.second_actor_id IS 'Who confirmed';

CREATE TABLE public.listing_proposals (
    id uuid NOT NULL,
    listing_id uuid NOT NULL,
    to_state text NOT NULL,
    effective_on date NOT NULL,
    reason text NOT NULL,
    public_reason text,
    scope jsonb,
    proposed_by uuid NOT NULL,
    proposed_by_name text NOT NULL,
    organisation_id uuid NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    outcome text,
    settled_by uuid,
    settled_by_name text,
    settled_at timestamp with time zone,
    settled_reason text,
    CONSTRAINT listing_proposals_by_two_people_check CHECK (((outcome <> ALL (ARRAY['confirmed'::text, 'declined'::text])) OR ((settled_by IS NOT NULL) AND (settled_by <> proposed_by)))),
    CONSTRAINT listing_proposals_outcome_known_check CHECK ((outcome = ANY (ARRAY['confirmed'::text, 'declined'::text, 'withdrawn'::text, 'overtaken'::text]))),
    CONSTRAINT listing_proposals_public_reason_known_check CHECK ((public_reason = ANY (ARRAY['assessment'::text, 'recent-local-check'::text, 'actions-agreed'::text, 'actions-completed'::text, 'evidence-out-of-date'::text, 'being-looked-into'::text, 'standards-not-met'::text, 'provider-asked'::text, 'no-longer-operating'::text, 'replaced-by-later-listing'::text, 'decision-reviewed'::text, 'administrative'::text]))),
    CONSTRAINT listing_proposals_reasoned_check CHECK ((length(btrim(reason)) > 0)),
    CONSTRAINT listing_proposals_settled_some_time_check CHECK (((outcome IS NULL) = (settled_at IS NULL))),
    CONSTRAINT listing_proposals_to_state_known_check CHECK ((to_state = ANY (ARRAY['draft'::text, 'submitted'::text, 'in-assessment'::text, 'listed'::text, 'listed-with-actions'::text, 'under-review'::text, 'suspended'::text, 'removed'::text, 'closed'::text, 'refused'::text])))
);

COMMENT ON COLUMN public.listing_proposals.reason IS 'Why, in full; never public';

COMMENT ON COLUMN public.listing_proposals.scope IS 'What was seen and when, where it changes: the scope''s columns by name';

COMMENT ON COLUMN public.listing_proposals.outcome IS 'Empty while it is open';

CREATE TABLE public.listing_questions (
    id uuid NOT NULL,
    listing_id uuid NOT NULL,
    question text NOT NULL,
    asked_by uuid NOT NULL,
    asked_by_name text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answer text,
    answered_by uuid,
    answered_by_name text,
    answered_at timestamp with time zone,
    CONSTRAINT listing_questions_answered_some_time_check CHECK (((answer IS NULL) = (answered_at IS NULL))),
    CONSTRAINT listing_questions_asked_check CHECK ((length(btrim(question)) > 0))
);

CREATE TABLE public.listings (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    site_id uuid NOT NULL,
    la_code text NOT NULL,
    basis text NOT NULL,
    state text NOT NULL,
    state_since date NOT NULL,
    next_state text,
    next_on date,
    listed_on date,
    standards_version_id uuid,
    age_from smallint,
    age_to smallint,
    key_stages smallint[] NOT NULL,
    needs text[] NOT NULL,
    programmes text[] NOT NULL,
    seen_on date,
    seen_how text,
    review_due_on date,
    submitted_at timestamp with time zone,
    made_at timestamp with time zone NOT NULL,
    made_by uuid,
    version integer NOT NULL,
    CONSTRAINT listings_age_from_range_check CHECK (((age_from >= 2) AND (age_from <= 25))),
    CONSTRAINT listings_age_to_range_check CHECK (((age_to >= age_from) AND (age_to <= 25))),
    CONSTRAINT listings_basis_known_check CHECK ((basis = ANY (ARRAY['application'::text, 'transition'::text, 'conversion'::text, 'operator'::text]))),
    CONSTRAINT listings_listed_some_day_check CHECK ((((state = ANY (ARRAY['listed'::text, 'listed-with-actions'::text, 'under-review'::text, 'suspended'::text])) OR (state = 'removed'::text)) <= (listed_on IS NOT NULL))),
    CONSTRAINT listings_next_state_dated_check CHECK (((next_state IS NULL) = (next_on IS NULL))),
    CONSTRAINT listings_next_state_known_check CHECK ((next_state = ANY (ARRAY['draft'::text, 'submitted'::text, 'in-assessment'::text, 'listed'::text, 'listed-with-actions'::text, 'under-review'::text, 'suspended'::text, 'removed'::text, 'closed'::text, 'refused'::text]))),
    CONSTRAINT listings_seen_how_known_check CHECK ((seen_how = ANY (ARRAY['visit'::text, 'remote'::text, 'papers'::text]))),
    CONSTRAINT listings_seen_on_some_day_check CHECK (((seen_on IS NULL) = (seen_how IS NULL))),
    CONSTRAINT listings_state_known_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'in-assessment'::text, 'listed'::text, 'listed-with-actions'::text, 'under-review'::text, 'suspended'::text, 'removed'::text, 'closed'::text, 'refused'::text])))
);

COMMENT ON COLUMN public.listings.la_code IS 'The local authority that decides';

COMMENT ON COLUMN public.listings.basis IS 'Whence it came: application, transition …';

COMMENT ON COLUMN public.listings.state IS 'Where it stood when it last moved';

COMMENT ON COLUMN public.listings.state_since IS 'The first day of that state';

COMMENT ON COLUMN public.listings.next_state IS 'Announced for a later day';

COMMENT ON COLUMN public.listings.next_on IS 'The first day of the next state';

COMMENT ON COLUMN public.listings.listed_on IS 'Its first day on the register; empty: never public';

COMMENT ON COLUMN public.listings.standards_version_id IS 'The version of the minimum standards it is held against';

COMMENT ON COLUMN public.listings.age_from IS 'Scope: youngest, years';

COMMENT ON COLUMN public.listings.age_to IS 'Scope: oldest, years';

COMMENT ON COLUMN public.listings.key_stages IS 'Scope: 1 to 5';

COMMENT ON COLUMN public.listings.needs IS 'Scope: SEN need codes (DfE)';

COMMENT ON COLUMN public.listings.programmes IS 'Scope: what was seen';

COMMENT ON COLUMN public.listings.seen_on IS 'When somebody looked';

COMMENT ON COLUMN public.listings.seen_how IS 'visit, remote or papers';

COMMENT ON COLUMN public.listings.review_due_on IS 'When it is looked at again';

COMMENT ON COLUMN public.listings.made_by IS 'The person who began it';

COMMENT ON COLUMN public.listings.version IS 'Counts changes; the entity tag';

CREATE TABLE public.local_authorities (
    la_code text NOT NULL,
    gss_code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    region text NOT NULL,
    centre_easting integer NOT NULL,
    centre_northing integer NOT NULL,
    spread_metres integer NOT NULL,
    CONSTRAINT local_authorities_gss_code_form_check CHECK ((gss_code ~ '^E[0-9]{8}$'::text)),
    CONSTRAINT local_authorities_kind_known_check CHECK ((kind = ANY (ARRAY['county-council'::text, 'london-borough'::text, 'metropolitan-district'::text, 'sui-generis'::text, 'unitary-authority'::text]))),
    CONSTRAINT local_authorities_la_code_form_check CHECK ((la_code ~ '^[0-9]{3}$'::text))
);

COMMENT ON COLUMN public.local_authorities.la_code IS 'DfE three-digit code';

COMMENT ON COLUMN public.local_authorities.gss_code IS 'ONS nine-character code';

COMMENT ON COLUMN public.local_authorities.name IS 'As the ONS writes it';

COMMENT ON COLUMN public.local_authorities.kind IS 'What sort of council it is';

COMMENT ON COLUMN public.local_authorities.region IS 'One of the nine regions of England (ONS)';

COMMENT ON COLUMN public.local_authorities.centre_easting IS 'Metres, British National Grid: mean of its live postcodes, to 100 m (OS)';

COMMENT ON COLUMN public.local_authorities.centre_northing IS 'Metres, British National Grid: mean of its live postcodes, to 100 m (OS)';

COMMENT ON COLUMN public.local_authorities.spread_metres IS 'Root mean square distance of its postcodes from the centre, to 100 m (OS)';

CREATE TABLE public.machine_secrets (
    id uuid NOT NULL,
    machine_id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    ending text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT machine_secrets_hash_length_check CHECK ((octet_length(secret_hash) = 32))
);

COMMENT ON COLUMN public.machine_secrets.secret_hash IS 'SHA-256; the secret is 256 random bits, so this is enough';

COMMENT ON COLUMN public.machine_secrets.ending IS 'Its last four characters, to tell it by';

COMMENT ON COLUMN public.machine_secrets.used_at IS 'Last, to the minute';

CREATE TABLE public.machines (
    id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    name text NOT NULL,
    scopes text[] NOT NULL,
    added_by uuid NOT NULL,
    added_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT machines_may_do_something_check CHECK ((cardinality(scopes) > 0)),
    CONSTRAINT machines_named_check CHECK ((length(btrim(name)) > 0))
);

COMMENT ON COLUMN public.machines.id IS 'Its client_id';

COMMENT ON COLUMN public.machines.name IS 'What its organisation calls it';

COMMENT ON COLUMN public.machines.version IS 'Counts changes; the entity tag';

CREATE TABLE public.match_questions (
    id uuid NOT NULL,
    child_id uuid NOT NULL,
    other_child_id uuid NOT NULL,
    method text NOT NULL,
    la_code text,
    asked_at timestamp with time zone NOT NULL,
    answer text,
    answered_by uuid,
    answered_at timestamp with time zone,
    answered_reason text,
    version integer NOT NULL,
    CONSTRAINT match_questions_answer_known_check CHECK ((answer = ANY (ARRAY['same'::text, 'different'::text]))),
    CONSTRAINT match_questions_answered_whole_check CHECK ((((answer IS NULL) = (answered_at IS NULL)) AND ((answer IS NULL) = (answered_by IS NULL)) AND ((answer IS NULL) = (answered_reason IS NULL)))),
    CONSTRAINT match_questions_asked_once_check CHECK ((child_id > other_child_id)),
    CONSTRAINT match_questions_method_known_check CHECK ((method = ANY (ARRAY['upn-alone'::text, 'name-and-birth'::text, 'two-places-at-once'::text])))
);

COMMENT ON COLUMN public.match_questions.method IS 'By what it came up; see terms.MatchMethod';

COMMENT ON COLUMN public.match_questions.la_code IS 'Which local authority answers: home of both; empty: the department';

COMMENT ON COLUMN public.match_questions.answer IS 'same or different; empty: open';

COMMENT ON COLUMN public.match_questions.answered_reason IS 'Names no child';

COMMENT ON COLUMN public.match_questions.version IS 'Counts changes; the entity tag';

CREATE TABLE public.matching_keys (
    purpose text NOT NULL,
    sealed_secret bytea NOT NULL,
    made_at timestamp with time zone NOT NULL
);

COMMENT ON COLUMN public.matching_keys.purpose IS 'bank-reference …';

COMMENT ON COLUMN public.matching_keys.sealed_secret IS 'Sealed under the keyring';

CREATE TABLE public.memberships (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    roles text[] NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT memberships_ends_after_beginning_check CHECK ((ended_at >= began_at)),
    CONSTRAINT memberships_roles_known_check CHECK (((cardinality(roles) > 0) AND (roles <@ ARRAY['administrator'::text, 'commissioner'::text, 'approver'::text, 'finance-signatory'::text, 'designated-safeguarding-lead'::text, 'inspector'::text, 'second-officer'::text, 'provider-manager'::text, 'assessor'::text, 'analyst'::text, 'standards-editor'::text])))
);

COMMENT ON COLUMN public.memberships.version IS 'Counts changes; the entity tag';

CREATE TABLE public.merge_moves (
    merge_id uuid NOT NULL,
    table_name text NOT NULL,
    row_id uuid NOT NULL,
    former jsonb NOT NULL
);

COMMENT ON COLUMN public.merge_moves.former IS 'Columns as they were';

CREATE TABLE public.merges (
    id uuid NOT NULL,
    kept_id uuid NOT NULL,
    absorbed_id uuid NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    proposed_by uuid NOT NULL,
    organisation_id uuid NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    settled_by uuid,
    settled_at timestamp with time zone,
    undo_reason text,
    undo_proposed_by uuid,
    undo_proposed_at timestamp with time zone,
    undo_settled_by uuid,
    undo_settled_at timestamp with time zone,
    CONSTRAINT merges_by_two_people_check CHECK (((state = 'proposed'::text) OR ((settled_by IS NOT NULL) AND (settled_by <> proposed_by)))),
    CONSTRAINT merges_reasoned_check CHECK ((length(btrim(reason)) > 0)),
    CONSTRAINT merges_state_known_check CHECK ((state = ANY (ARRAY['proposed'::text, 'refused'::text, 'merged'::text, 'undoing'::text, 'undone'::text]))),
    CONSTRAINT merges_two_records_check CHECK ((kept_id <> absorbed_id)),
    CONSTRAINT merges_undoing_proposed_check CHECK (((state <> ALL (ARRAY['undoing'::text, 'undone'::text])) OR (undo_proposed_by IS NOT NULL))),
    CONSTRAINT merges_undone_by_two_people_check CHECK (((state <> 'undone'::text) OR ((undo_settled_by IS NOT NULL) AND (undo_settled_by <> undo_proposed_by))))
);

CREATE TABLE public.notice_sendings (
    id uuid NOT NULL,
    notice_id uuid NOT NULL,
    placement_id uuid NOT NULL,
    outcome text NOT NULL,
    way text,
    sent_at timestamp with time zone,
    given_at timestamp with time zone,
    sent_by_name text NOT NULL,
    corrects uuid,
    recorded_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT notice_sendings_corrects_another_check CHECK ((corrects <> id)),
    CONSTRAINT notice_sendings_corrects_something_check CHECK (((outcome = 'sent'::text) OR (corrects IS NOT NULL))),
    CONSTRAINT notice_sendings_given_after_sent_check CHECK ((given_at >= sent_at)),
    CONSTRAINT notice_sendings_outcome_known_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'returned'::text, 'not-sent'::text]))),
    CONSTRAINT notice_sendings_sent_whole_check CHECK ((((outcome = 'not-sent'::text) = (sent_at IS NULL)) AND ((sent_at IS NULL) = (way IS NULL)) AND ((sent_at IS NULL) = (given_at IS NULL)))),
    CONSTRAINT notice_sendings_way_known_check CHECK ((way = ANY (ARRAY['post'::text, 'hand'::text, 'email'::text, 'portal'::text])))
);

COMMENT ON COLUMN public.notice_sendings.outcome IS 'sent, returned or not-sent';

COMMENT ON COLUMN public.notice_sendings.way IS 'post, hand, email or portal';

COMMENT ON COLUMN public.notice_sendings.given_at IS 'When it counts as given; by post later than it was sent';

COMMENT ON COLUMN public.notice_sendings.sent_by_name IS 'Who sent it, as told';

COMMENT ON COLUMN public.notice_sendings.corrects IS 'Which earlier row this puts right';

COMMENT ON COLUMN public.notice_sendings.recorded_by_name IS 'As it was then';

CREATE TABLE public.offers (
    id uuid NOT NULL,
    site_id uuid NOT NULL,
    programme text NOT NULL,
    age_from smallint NOT NULL,
    age_to smallint NOT NULL,
    key_stages smallint[] NOT NULL,
    needs text[] NOT NULL,
    hours_per_week numeric(4,1),
    sessions jsonb DEFAULT '[]'::jsonb NOT NULL,
    group_from smallint,
    group_to smallint,
    price_hour_pence integer,
    price_half_day_pence integer,
    price_day_pence integer,
    price_week_pence integer,
    availability text,
    availability_confirmed_on date,
    ended_on date,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT offers_age_from_range_check CHECK (((age_from >= 2) AND (age_from <= 25))),
    CONSTRAINT offers_age_to_range_check CHECK (((age_to >= age_from) AND (age_to <= 25))),
    CONSTRAINT offers_availability_confirmed_check CHECK (((availability IS NULL) = (availability_confirmed_on IS NULL))),
    CONSTRAINT offers_availability_known_check CHECK ((availability = ANY (ARRAY['places-now'::text, 'soon'::text, 'full'::text]))),
    CONSTRAINT offers_group_from_range_check CHECK ((group_from > 0)),
    CONSTRAINT offers_group_to_range_check CHECK (((group_to >= group_from) AND (group_to <= 200))),
    CONSTRAINT offers_hours_range_check CHECK (((hours_per_week > (0)::numeric) AND (hours_per_week <= (50)::numeric))),
    CONSTRAINT offers_price_day_range_check CHECK (((price_day_pence >= 0) AND (price_day_pence <= 10000000))),
    CONSTRAINT offers_price_half_day_range_check CHECK (((price_half_day_pence >= 0) AND (price_half_day_pence <= 10000000))),
    CONSTRAINT offers_price_hour_range_check CHECK (((price_hour_pence >= 0) AND (price_hour_pence <= 10000000))),
    CONSTRAINT offers_price_week_range_check CHECK (((price_week_pence >= 0) AND (price_week_pence <= 10000000)))
);

COMMENT ON COLUMN public.offers.programme IS 'What is done: tuition, motor vehicle …';

COMMENT ON COLUMN public.offers.age_from IS 'Youngest age taken, in years';

COMMENT ON COLUMN public.offers.age_to IS 'Oldest age taken, in years';

COMMENT ON COLUMN public.offers.key_stages IS '1 to 5';

COMMENT ON COLUMN public.offers.needs IS 'SEN need codes (DfE)';

COMMENT ON COLUMN public.offers.hours_per_week IS 'Most hours offered to one pupil in a usual week';

COMMENT ON COLUMN public.offers.sessions IS 'Days (1 is Monday) and times, from and to';

COMMENT ON COLUMN public.offers.group_from IS 'Smallest group, pupils';

COMMENT ON COLUMN public.offers.group_to IS 'Largest group, pupils';

COMMENT ON COLUMN public.offers.price_hour_pence IS 'For one pupil';

COMMENT ON COLUMN public.offers.price_half_day_pence IS 'For one pupil';

COMMENT ON COLUMN public.offers.price_day_pence IS 'For one pupil';

COMMENT ON COLUMN public.offers.price_week_pence IS 'For one pupil';

COMMENT ON COLUMN public.offers.availability IS 'places-now, soon, full: the provider''s word, never counted';

COMMENT ON COLUMN public.offers.ended_on IS 'The first day it was not offered';

COMMENT ON COLUMN public.offers.version IS 'Counts changes; the entity tag';

CREATE TABLE public.organisation_identifiers (
    organisation_id uuid NOT NULL,
    scheme text NOT NULL,
    value text NOT NULL,
    CONSTRAINT organisation_identifiers_scheme_known_check CHECK ((scheme = ANY (ARRAY['urn'::text, 'ukprn'::text, 'uprn'::text, 'dfe-number'::text, 'gias-group-uid'::text, 'gias-group-id'::text, 'companies-house'::text, 'la-code'::text])))
);

COMMENT ON COLUMN public.organisation_identifiers.value IS 'As that register writes it';

CREATE TABLE public.organisations (
    id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    sort_name text NOT NULL,
    la_code text,
    parent_id uuid,
    introduced_by uuid,
    opened_on date,
    closed_on date,
    source text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT organisations_authority_coded_check CHECK (((kind <> 'local-authority'::text) OR (la_code IS NOT NULL))),
    CONSTRAINT organisations_closes_after_opening_check CHECK ((closed_on >= opened_on)),
    CONSTRAINT organisations_kind_known_check CHECK ((kind = ANY (ARRAY['local-authority'::text, 'local-authority-team'::text, 'school'::text, 'trust'::text, 'federation'::text, 'qa-body'::text, 'provider-owner'::text, 'department'::text]))),
    CONSTRAINT organisations_named_check CHECK ((length(btrim(name)) > 0)),
    CONSTRAINT organisations_not_its_own_parent_check CHECK ((parent_id <> id)),
    CONSTRAINT organisations_source_known_check CHECK ((source = ANY (ARRAY['facts'::text, 'gias'::text, 'operator'::text, 'people'::text]))),
    CONSTRAINT organisations_team_of_somebody_check CHECK (((kind <> 'local-authority-team'::text) OR (parent_id IS NOT NULL)))
);

COMMENT ON COLUMN public.organisations.kind IS 'local-authority, school, trust …';

COMMENT ON COLUMN public.organisations.sort_name IS 'Its name as words, for order and search';

COMMENT ON COLUMN public.organisations.la_code IS 'The local authority it is, belongs to or lies in';

COMMENT ON COLUMN public.organisations.parent_id IS 'A school''s trust, a team''s authority';

COMMENT ON COLUMN public.organisations.introduced_by IS 'The organisation that brought it onto the service, and so may see it';

COMMENT ON COLUMN public.organisations.closed_on IS 'The day it closed, as its source says';

COMMENT ON COLUMN public.organisations.source IS 'Where its facts come from';

COMMENT ON COLUMN public.organisations.version IS 'Counts changes; the entity tag';

CREATE TABLE public.passkeys (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    credential_id bytea NOT NULL,
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    transports text[] NOT NULL,
    name text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    removed_at timestamp with time zone
);

COMMENT ON COLUMN public.passkeys.public_key IS 'COSE';

COMMENT ON COLUMN public.passkeys.sign_count IS 'Falls back only on a copy';

COMMENT ON COLUMN public.passkeys.name IS 'What its holder calls it';

CREATE TABLE public.people (
    id uuid NOT NULL,
    name text NOT NULL,
    blocked_at timestamp with time zone,
    recorded_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT people_named_check CHECK ((length(btrim(name)) > 0))
);

COMMENT ON COLUMN public.people.blocked_at IS 'From then on nothing they hold lets them in';

COMMENT ON COLUMN public.people.version IS 'Counts changes; the entity tag';

CREATE TABLE public.person_contacts (
    person_id uuid NOT NULL,
    email text NOT NULL,
    CONSTRAINT person_contacts_email_lower_check CHECK ((email = lower(email)))
);

COMMENT ON COLUMN public.person_contacts.email IS 'Lower case';

CREATE TABLE public.person_identities (
    issuer text NOT NULL,
    subject text NOT NULL,
    person_id uuid NOT NULL,
    linked_at timestamp with time zone NOT NULL
);

COMMENT ON COLUMN public.person_identities.issuer IS 'The provider''s own address';

COMMENT ON COLUMN public.person_identities.subject IS 'Its `sub`; never re-used';

CREATE TABLE public.placement_notices (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    kind text NOT NULL,
    recipient text NOT NULL,
    addressee smallint NOT NULL,
    version integer NOT NULL,
    basis jsonb NOT NULL,
    due_on date NOT NULL,
    due_at timestamp with time zone,
    shorter_agreed boolean NOT NULL,
    encrypted bytea NOT NULL,
    composed_by_name text NOT NULL,
    composed_at timestamp with time zone NOT NULL,
    CONSTRAINT placement_notices_addressee_range_check CHECK (((addressee >= 0) AND (addressee <= 50))),
    CONSTRAINT placement_notices_encrypted_check CHECK ((octet_length(encrypted) >= 28)),
    CONSTRAINT placement_notices_kind_known_check CHECK ((kind = ANY (ARRAY['direction'::text, 'suspension-place'::text, 'parent-copy'::text, 'home-authority'::text, 'plan-authority'::text, 'social-worker'::text, 'virtual-school-head'::text, 'home-school'::text, 'service-agreement'::text]))),
    CONSTRAINT placement_notices_recipient_known_check CHECK ((recipient = ANY (ARRAY['parent'::text, 'pupil'::text, 'home-authority'::text, 'plan-authority'::text, 'social-worker'::text, 'virtual-school-head'::text, 'home-school'::text, 'provider'::text]))),
    CONSTRAINT placement_notices_version_range_check CHECK ((version > 0))
);

COMMENT ON COLUMN public.placement_notices.kind IS 'parent-copy, direction …: see rules.notices';

COMMENT ON COLUMN public.placement_notices.recipient IS 'To whom, as a role; never a name';

COMMENT ON COLUMN public.placement_notices.addressee IS 'Which of the child''s safe contacts; 0: the role alone';

COMMENT ON COLUMN public.placement_notices.version IS 'Counts what was composed of this kind for this addressee';

COMMENT ON COLUMN public.placement_notices.basis IS 'Of which days, week, site and versions it was composed; names nobody';

COMMENT ON COLUMN public.placement_notices.due_on IS 'The last day in time, as it was then';

COMMENT ON COLUMN public.placement_notices.due_at IS 'Where the clock counts hours';

COMMENT ON COLUMN public.placement_notices.shorter_agreed IS 'The parent consents to shorter notice, before the sixth day';

COMMENT ON COLUMN public.placement_notices.encrypted IS 'The document; AES-256-GCM';

COMMENT ON COLUMN public.placement_notices.composed_by_name IS 'As it was then';

CREATE TABLE public.placement_reviews (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    reference text NOT NULL,
    held_on date NOT NULL,
    decision text NOT NULL,
    progress text NOT NULL,
    next_on date,
    encrypted bytea NOT NULL,
    recorded_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT placement_reviews_decision_known_check CHECK ((decision = ANY (ARRAY['continue'::text, 'change'::text, 'end'::text]))),
    CONSTRAINT placement_reviews_encrypted_check CHECK ((octet_length(encrypted) >= 28)),
    CONSTRAINT placement_reviews_next_afterwards_check CHECK ((next_on > held_on)),
    CONSTRAINT placement_reviews_progress_known_check CHECK ((progress = ANY (ARRAY['as-planned'::text, 'some'::text, 'none'::text])))
);

COMMENT ON COLUMN public.placement_reviews.reference IS 'The commissioner''s own';

COMMENT ON COLUMN public.placement_reviews.next_on IS 'Empty where the place ends';

COMMENT ON COLUMN public.placement_reviews.encrypted IS 'Who held it, the child''s voice and the rest; AES-256-GCM';

COMMENT ON COLUMN public.placement_reviews.recorded_by_name IS 'As it was then';

CREATE TABLE public.placement_sessions (
    timetable_id uuid NOT NULL,
    weekday smallint NOT NULL,
    starts time without time zone NOT NULL,
    ends time without time zone NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT placement_sessions_in_order_check CHECK ((ends > starts)),
    CONSTRAINT placement_sessions_weekday_range_check CHECK (((weekday >= 1) AND (weekday <= 7)))
);

COMMENT ON COLUMN public.placement_sessions.weekday IS '1 is Monday';

COMMENT ON COLUMN public.placement_sessions.starts IS 'London time';

COMMENT ON COLUMN public.placement_sessions.ends IS 'London time';

CREATE TABLE public.placement_timetables (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    since date NOT NULL,
    minutes_elsewhere integer,
    light text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT placement_timetables_light_known_check CHECK ((light = ANY (ARRAY['green'::text, 'amber'::text, 'incomplete'::text, 'red'::text]))),
    CONSTRAINT placement_timetables_minutes_elsewhere_range_check CHECK (((minutes_elsewhere >= 0) AND (minutes_elsewhere <= 10080)))
);

COMMENT ON COLUMN public.placement_timetables.since IS 'The first day it holds';

COMMENT ON COLUMN public.placement_timetables.minutes_elsewhere IS 'A week, at school or elsewhere; empty: nobody has said';

COMMENT ON COLUMN public.placement_timetables.light IS 'What the registration test of the setting said when it was written down';

CREATE TABLE public.placements (
    id uuid NOT NULL,
    commissioner_id uuid NOT NULL,
    reference text NOT NULL,
    child_id uuid NOT NULL,
    site_id uuid NOT NULL,
    host_la_code text,
    route text NOT NULL,
    delivery text NOT NULL,
    starts_on date NOT NULL,
    planned_end_on date,
    ended_on date,
    end_reason text,
    destination text,
    assess_by date,
    recorded_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    assessment_id uuid,
    encrypted_urgency bytea,
    CONSTRAINT placements_delivery_known_check CHECK ((delivery = ANY (ARRAY['at-a-setting'::text, 'lone-tutor'::text, 'online'::text]))),
    CONSTRAINT placements_destination_known_check CHECK ((destination = ANY (ARRAY['home-school'::text, 'other-mainstream'::text, 'special-school'::text, 'registered-provision'::text, 'other-non-school-provision'::text, 'further-education'::text, 'home-education'::text, 'custody'::text, 'moved-abroad'::text, 'other-known'::text, 'unknown'::text]))),
    CONSTRAINT placements_end_reason_known_check CHECK ((end_reason = ANY (ARRAY['objectives-met'::text, 'reintegrated'::text, 'moved'::text, 'plan-named'::text, 'left-area'::text, 'safeguarding'::text, 'provider-ended'::text, 'parent-withdrew'::text, 'school-ended'::text, 'excluded'::text, 'school-age-over'::text, 'recorded-by-mistake'::text, 'other'::text]))),
    CONSTRAINT placements_ended_in_order_check CHECK ((ended_on >= starts_on)),
    CONSTRAINT placements_ended_whole_check CHECK ((((ended_on IS NULL) = (end_reason IS NULL)) AND ((ended_on IS NULL) = (destination IS NULL)))),
    CONSTRAINT placements_planned_in_order_check CHECK ((planned_end_on >= starts_on)),
    CONSTRAINT placements_referred_to_check CHECK ((length(btrim(reference)) > 0)),
    CONSTRAINT placements_urgency_encrypted_check CHECK ((octet_length(encrypted_urgency) >= 28))
);

COMMENT ON COLUMN public.placements.reference IS 'The commissioner''s own';

COMMENT ON COLUMN public.placements.site_id IS 'The usual one';

COMMENT ON COLUMN public.placements.host_la_code IS 'Where the site lies';

COMMENT ON COLUMN public.placements.route IS 'How the child comes to it: see rules.funding';

COMMENT ON COLUMN public.placements.delivery IS 'at-a-setting, lone-tutor or online';

COMMENT ON COLUMN public.placements.starts_on IS 'The first day';

COMMENT ON COLUMN public.placements.planned_end_on IS 'The last day, as planned';

COMMENT ON COLUMN public.placements.ended_on IS 'The last day, as it was';

COMMENT ON COLUMN public.placements.destination IS 'unknown: a search is open';

COMMENT ON COLUMN public.placements.assess_by IS 'Recorded as it is, not yet assessed: the day by which it is';

COMMENT ON COLUMN public.placements.recorded_by_name IS 'As it was then';

COMMENT ON COLUMN public.placements.version IS 'Counts changes; the entity tag';

COMMENT ON COLUMN public.placements.assessment_id IS 'By which it was found suitable; empty: not yet';

COMMENT ON COLUMN public.placements.encrypted_urgency IS 'Why it could not wait, under the child''s own key; AES-256-GCM';

CREATE TABLE public.postcode_areas (
    area text NOT NULL,
    centre_easting integer NOT NULL,
    centre_northing integer NOT NULL,
    english_postcodes integer NOT NULL
);

COMMENT ON COLUMN public.postcode_areas.area IS 'CV of CV1 2WT';

COMMENT ON COLUMN public.postcode_areas.centre_easting IS 'Metres, British National Grid: mean of English postcodes, to 1 km (OS)';

COMMENT ON COLUMN public.postcode_areas.centre_northing IS 'Metres, British National Grid: mean of English postcodes, to 1 km (OS)';

COMMENT ON COLUMN public.postcode_areas.english_postcodes IS 'How many live postcodes it had in England in October 2025 (OS)';

CREATE TABLE public.postcode_districts (
    outcode text NOT NULL,
    centre_easting integer NOT NULL,
    centre_northing integer NOT NULL,
    la_code text NOT NULL,
    postcodes integer NOT NULL
);

COMMENT ON COLUMN public.postcode_districts.outcode IS 'CV1 of CV1 2WT';

COMMENT ON COLUMN public.postcode_districts.centre_easting IS 'Metres, British National Grid: mean of its postcodes, to 100 m (OS)';

COMMENT ON COLUMN public.postcode_districts.centre_northing IS 'Metres, British National Grid: mean of its postcodes, to 100 m (OS)';

COMMENT ON COLUMN public.postcode_districts.la_code IS 'The local authority with most of its postcodes; it may reach into others';

COMMENT ON COLUMN public.postcode_districts.postcodes IS 'How many live postcodes it had in October 2025 (OS)';

CREATE TABLE public.postcodes (
    postcode text NOT NULL,
    la_code text,
    easting integer NOT NULL,
    northing integer NOT NULL
);

COMMENT ON COLUMN public.postcodes.postcode IS 'Upper case, one space: CV1 2WT';

COMMENT ON COLUMN public.postcodes.la_code IS 'The local authority it lies in; empty where the source does not say';

COMMENT ON COLUMN public.postcodes.easting IS 'Metres, British National Grid, of the middle of its addresses';

COMMENT ON COLUMN public.postcodes.northing IS 'Metres, British National Grid, of the middle of its addresses';

CREATE TABLE public.provider_confirmations (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    confirmed_on date NOT NULL,
    person_id uuid NOT NULL,
    person_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

CREATE TABLE public.provider_consents (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    given boolean NOT NULL,
    person_id uuid NOT NULL,
    person_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

COMMENT ON COLUMN public.provider_consents.given IS 'False: taken back';

CREATE TABLE public.provider_contacts (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    canonical text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT provider_contacts_kind_known_check CHECK ((kind = ANY (ARRAY['phone'::text, 'email'::text, 'address'::text])))
);

COMMENT ON COLUMN public.provider_contacts.value IS 'As it was given';

COMMENT ON COLUMN public.provider_contacts.canonical IS 'In the one spelling it is compared by';

CREATE TABLE public.provider_identifiers (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    scheme text NOT NULL,
    value text NOT NULL,
    withdrawn_at timestamp with time zone,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON COLUMN public.provider_identifiers.scheme IS 'Whose identifier: companies-house …';

COMMENT ON COLUMN public.provider_identifiers.value IS 'As that register writes it';

COMMENT ON COLUMN public.provider_identifiers.withdrawn_at IS 'It was a mistake';

COMMENT ON COLUMN public.provider_identifiers.recorded_at IS 'When the record gained it';

CREATE TABLE public.provider_known_by (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    la_code text NOT NULL,
    list_name text NOT NULL,
    list_date text,
    list_reference text,
    listed_as text,
    source_url text,
    recorded_at timestamp with time zone NOT NULL,
    local_result text,
    local_result_on date,
    CONSTRAINT provider_known_by_result_of_its_day_check CHECK (((local_result_on IS NULL) OR (local_result IS NOT NULL)))
);

COMMENT ON COLUMN public.provider_known_by.la_code IS 'Whose list: DfE three-digit code';

COMMENT ON COLUMN public.provider_known_by.list_name IS 'What the list calls itself';

COMMENT ON COLUMN public.provider_known_by.list_date IS 'Its date, as exact as given';

COMMENT ON COLUMN public.provider_known_by.list_reference IS 'The list''s own reference';

COMMENT ON COLUMN public.provider_known_by.listed_as IS 'The list''s own category';

COMMENT ON COLUMN public.provider_known_by.source_url IS 'Where the list was published';

COMMENT ON COLUMN public.provider_known_by.recorded_at IS 'When it was imported';

COMMENT ON COLUMN public.provider_known_by.local_result IS 'What the authority''s own check found, in its own words';

COMMENT ON COLUMN public.provider_known_by.local_result_on IS 'The day of that check';

CREATE TABLE public.provider_links (
    id uuid NOT NULL,
    predecessor_id uuid NOT NULL,
    successor_id uuid NOT NULL,
    since date,
    reason text NOT NULL,
    recorded_by uuid,
    recorded_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT provider_links_two_providers_check CHECK ((predecessor_id <> successor_id))
);

COMMENT ON COLUMN public.provider_links.reason IS 'How that is known; never public';

COMMENT ON COLUMN public.provider_links.ended_at IS 'It was a mistake';

CREATE TABLE public.provider_names (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    until date,
    withdrawn_at timestamp with time zone,
    CONSTRAINT provider_names_kind_known_check CHECK ((kind = ANY (ARRAY['trading'::text, 'former'::text])))
);

COMMENT ON COLUMN public.provider_names.kind IS 'trading or former';

COMMENT ON COLUMN public.provider_names.until IS 'For a former name: its last day';

COMMENT ON COLUMN public.provider_names.withdrawn_at IS 'It was a mistake';

CREATE SEQUENCE public.provider_numbers
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.provider_owners (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    claim_id uuid,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);

COMMENT ON COLUMN public.provider_owners.claim_id IS 'Empty where the owner began the record';

CREATE TABLE public.provider_people (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    birth_month date,
    appointed_on date,
    ended_on date,
    confirmed_on date,
    source text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT provider_people_birth_month_only_check CHECK ((EXTRACT(day FROM birth_month) = (1)::numeric)),
    CONSTRAINT provider_people_ends_after_beginning_check CHECK ((ended_on >= appointed_on)),
    CONSTRAINT provider_people_kind_known_check CHECK ((kind = ANY (ARRAY['proprietor'::text, 'director'::text, 'trustee'::text, 'partner'::text, 'manager'::text, 'designated-safeguarding-lead'::text, 'deputy-safeguarding-lead'::text]))),
    CONSTRAINT provider_people_named_check CHECK ((length(btrim(name)) > 0)),
    CONSTRAINT provider_people_source_known_check CHECK ((source = ANY (ARRAY['owner'::text, 'authority'::text, 'companies-house'::text, 'charity-commission'::text])))
);

COMMENT ON COLUMN public.provider_people.kind IS 'proprietor, director, trustee …';

COMMENT ON COLUMN public.provider_people.birth_month IS 'First day of the month of birth, as Companies House shows it; no day';

COMMENT ON COLUMN public.provider_people.confirmed_on IS 'The owner''s word, last given';

COMMENT ON COLUMN public.provider_people.version IS 'Counts changes; the entity tag';

CREATE TABLE public.provider_safeguarding_items (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    item text NOT NULL,
    version integer NOT NULL,
    organisation_id uuid NOT NULL,
    done_on date,
    next_due date,
    encrypted bytea NOT NULL,
    recorded_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT provider_safeguarding_items_encrypted_check CHECK ((octet_length(encrypted) >= 28)),
    CONSTRAINT provider_safeguarding_items_item_known_check CHECK ((item ~ '^SG([1-9]|1[0-9]|2[0-2])$'::text)),
    CONSTRAINT provider_safeguarding_items_says_something_check CHECK ((num_nonnulls(done_on, next_due) > 0))
);

COMMENT ON COLUMN public.provider_safeguarding_items.item IS 'One that is the provider''s, too';

COMMENT ON COLUMN public.provider_safeguarding_items.version IS 'Counts changes; 1 is: nothing yet';

COMMENT ON COLUMN public.provider_safeguarding_items.organisation_id IS 'Which body says so';

COMMENT ON COLUMN public.provider_safeguarding_items.encrypted IS 'What was done, by whom, the evidence; AES-256-GCM';

COMMENT ON COLUMN public.provider_safeguarding_items.recorded_by_name IS 'As it was then';

CREATE TABLE public.provider_status_changes (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    status text NOT NULL,
    effective_on date NOT NULL,
    reason text NOT NULL,
    actor text NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

COMMENT ON COLUMN public.provider_status_changes.status IS 'The status moved to';

COMMENT ON COLUMN public.provider_status_changes.effective_on IS 'The day from which it holds';

COMMENT ON COLUMN public.provider_status_changes.reason IS 'Why; not public';

COMMENT ON COLUMN public.provider_status_changes.actor IS 'Who moved it';

COMMENT ON COLUMN public.provider_status_changes.recorded_at IS 'When the register learned it';

CREATE TABLE public.provider_verifications (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    held boolean NOT NULL,
    how text NOT NULL,
    note text,
    verified_on date NOT NULL,
    person_id uuid,
    person_name text NOT NULL,
    organisation_id uuid,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT provider_verifications_how_known_check CHECK ((how = ANY (ARRAY['seen'::text, 'official-register'::text, 'companies-house'::text, 'charity-commission'::text, 'telephone'::text, 'other'::text]))),
    CONSTRAINT provider_verifications_subject_kind_known_check CHECK ((subject_kind = ANY (ARRAY['provider'::text, 'identifier'::text, 'site'::text, 'document'::text, 'person'::text])))
);

COMMENT ON COLUMN public.provider_verifications.subject_id IS 'Of the provider, identifier, site …';

COMMENT ON COLUMN public.provider_verifications.held IS 'Whether it was found to be right';

COMMENT ON COLUMN public.provider_verifications.note IS 'What was seen; never public';

COMMENT ON COLUMN public.provider_verifications.person_id IS 'Empty for a look-up by machine';

COMMENT ON COLUMN public.provider_verifications.person_name IS 'Never public';

CREATE TABLE public.providers (
    id uuid NOT NULL,
    number text NOT NULL,
    name text NOT NULL,
    status text NOT NULL,
    status_since date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    last_entry bigint,
    changes_on date,
    legal_form text,
    staff_size text,
    website text,
    public_email text,
    public_phone text,
    merged_into uuid,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT providers_legal_form_known_check CHECK ((legal_form = ANY (ARRAY['company'::text, 'community-interest-company'::text, 'charity'::text, 'charitable-company'::text, 'partnership'::text, 'sole-trader'::text, 'public-body'::text, 'other'::text]))),
    CONSTRAINT providers_named_check CHECK ((length(btrim(name)) > 0)),
    CONSTRAINT providers_not_merged_into_itself_check CHECK ((merged_into <> id)),
    CONSTRAINT providers_number_form_check CHECK ((number ~ '^AP[0-9]{6}[0-9A-Z]$'::text)),
    CONSTRAINT providers_staff_size_known_check CHECK ((staff_size = ANY (ARRAY['lone'::text, 'small'::text, 'larger'::text]))),
    CONSTRAINT providers_status_known_check CHECK ((status = ANY (ARRAY['known'::text, 'listed'::text, 'listed-with-actions'::text, 'under-review'::text, 'suspended'::text, 'removed'::text, 'closed'::text])))
);

COMMENT ON COLUMN public.providers.number IS 'AP, six digits, check character (ISO 7064); never re-used';

COMMENT ON COLUMN public.providers.name IS 'The name it goes by now';

COMMENT ON COLUMN public.providers.status IS 'Where it stands with the register: follows from its listings';

COMMENT ON COLUMN public.providers.status_since IS 'The day that status began';

COMMENT ON COLUMN public.providers.recorded_at IS 'When the register first held it';

COMMENT ON COLUMN public.providers.last_entry IS 'Its newest ledger entry; empty while it is not public';

COMMENT ON COLUMN public.providers.changes_on IS 'The next London day on which time alone changes its public record';

COMMENT ON COLUMN public.providers.legal_form IS 'company, charity, sole-trader …';

COMMENT ON COLUMN public.providers.staff_size IS 'How many adults work for it: lone, small (to 4), larger';

COMMENT ON COLUMN public.providers.website IS 'Public, once it consents';

COMMENT ON COLUMN public.providers.public_email IS 'Public, once it consents';

COMMENT ON COLUMN public.providers.public_phone IS 'Public, once it consents';

COMMENT ON COLUMN public.providers.merged_into IS 'The record that goes on for both';

COMMENT ON COLUMN public.providers.changed_at IS 'When something was last said differently';

COMMENT ON COLUMN public.providers.version IS 'Counts changes; the entity tag';

CREATE TABLE public.published_policies (
    id uuid NOT NULL,
    code text NOT NULL,
    parameters jsonb,
    state text NOT NULL,
    in_force daterange,
    reason text NOT NULL,
    source text NOT NULL,
    drafted_by uuid,
    last_changed_by uuid,
    published_by uuid,
    published_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT published_policies_code_form_check CHECK ((code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT published_policies_parameters_object_check CHECK ((jsonb_typeof(parameters) = 'object'::text)),
    CONSTRAINT published_policies_published_by_somebody_check CHECK (((state = 'draft'::text) OR ((published_by IS NULL) = (drafted_by IS NULL)))),
    CONSTRAINT published_policies_published_whole_check CHECK ((((state = 'published'::text) = (in_force IS NOT NULL)) AND ((state = 'published'::text) = (published_at IS NOT NULL)) AND ((state = 'published'::text) OR (published_by IS NULL)))),
    CONSTRAINT published_policies_reasoned_check CHECK ((length(btrim(reason)) > 0)),
    CONSTRAINT published_policies_some_days_check CHECK (((NOT isempty(in_force)) AND (NOT lower_inf(in_force)))),
    CONSTRAINT published_policies_state_known_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text]))),
    CONSTRAINT published_policies_two_people_check CHECK (((published_by <> drafted_by) AND (published_by <> last_changed_by)))
);

COMMENT ON COLUMN public.published_policies.code IS 'evidence-grace, yearly-confirmation …';

COMMENT ON COLUMN public.published_policies.parameters IS 'Its figures; none at all says that it is switched off';

COMMENT ON COLUMN public.published_policies.state IS 'draft or published';

COMMENT ON COLUMN public.published_policies.in_force IS 'The days on which it holds, London; empty while a draft';

COMMENT ON COLUMN public.published_policies.reason IS 'Why; public once published';

COMMENT ON COLUMN public.published_policies.source IS 'What it rests on; public once published';

COMMENT ON COLUMN public.published_policies.drafted_by IS 'Nobody, where it ships with the product';

COMMENT ON COLUMN public.published_policies.published_by IS 'Never who drafted or last changed it';

COMMENT ON COLUMN public.published_policies.version IS 'Counts changes; the entity tag';

CREATE TABLE public.received_results (
    id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    reference text NOT NULL,
    provider_id uuid NOT NULL,
    body bytea NOT NULL,
    sha256 bytea NOT NULL,
    status text NOT NULL,
    reasons text[] NOT NULL,
    details text[] NOT NULL,
    inspection_id uuid,
    received_at timestamp with time zone NOT NULL,
    received_by uuid,
    received_by_machine uuid,
    decided_at timestamp with time zone,
    decided_by uuid,
    decision_reason text,
    version integer NOT NULL,
    CONSTRAINT received_results_applied_to_an_inspection_check CHECK (((status = 'applied'::text) = (inspection_id IS NOT NULL))),
    CONSTRAINT received_results_decided_with_reason_check CHECK ((((decided_at IS NULL) = (decided_by IS NULL)) AND ((decided_at IS NULL) = (decision_reason IS NULL)) AND ((decided_at IS NULL) = ((status = 'kept'::text) OR (reasons = '{}'::text[]))))),
    CONSTRAINT received_results_hash_length_check CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT received_results_kept_with_reason_check CHECK (((status = 'applied'::text) OR (reasons <> '{}'::text[]))),
    CONSTRAINT received_results_reasons_explained_check CHECK ((cardinality(reasons) = cardinality(details))),
    CONSTRAINT received_results_reasons_known_check CHECK ((reasons <@ ARRAY['standards-not-in-force'::text, 'site-closed'::text, 'later-result'::text, 'inspection-over'::text, 'judged-meanwhile'::text])),
    CONSTRAINT received_results_received_from_one_check CHECK ((num_nonnulls(received_by, received_by_machine) = 1)),
    CONSTRAINT received_results_status_known_check CHECK ((status = ANY (ARRAY['applied'::text, 'kept'::text, 'dismissed'::text])))
);

COMMENT ON COLUMN public.received_results.organisation_id IS 'Whose inspectors looked';

COMMENT ON COLUMN public.received_results.reference IS 'The inspector''s own';

COMMENT ON COLUMN public.received_results.body IS 'As it came; may hold notes for colleagues alone';

COMMENT ON COLUMN public.received_results.sha256 IS 'Of its canonical JSON, so that spaces and order tell nothing apart';

COMMENT ON COLUMN public.received_results.status IS 'applied, kept or dismissed';

COMMENT ON COLUMN public.received_results.reasons IS 'Why it was kept: standards-not-in-force, site-closed …';

COMMENT ON COLUMN public.received_results.details IS 'Each reason in words';

COMMENT ON COLUMN public.received_results.inspection_id IS 'Whose judgements it became';

COMMENT ON COLUMN public.received_results.decision_reason IS 'Never public';

COMMENT ON COLUMN public.received_results.version IS 'Counts changes; the entity tag';

CREATE TABLE public.redactions (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    number text NOT NULL,
    pointer text NOT NULL,
    value_hash bytea NOT NULL,
    salt bytea,
    grounds text NOT NULL,
    reason text NOT NULL,
    state text NOT NULL,
    proposed_by uuid NOT NULL,
    organisation_id uuid NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    settled_by uuid,
    settled_at timestamp with time zone,
    entries bigint[] NOT NULL,
    version integer NOT NULL,
    CONSTRAINT redactions_by_two_people_check CHECK ((settled_by <> proposed_by)),
    CONSTRAINT redactions_grounds_known_check CHECK ((grounds = ANY (ARRAY['home-address'::text, 'personal-data'::text, 'published-in-error'::text, 'court-order'::text, 'other'::text]))),
    CONSTRAINT redactions_of_some_entries_check CHECK ((cardinality(entries) > 0)),
    CONSTRAINT redactions_reasoned_check CHECK ((length(btrim(reason)) > 0)),
    CONSTRAINT redactions_salted_while_open_check CHECK (((state = 'proposed'::text) = (salt IS NOT NULL))),
    CONSTRAINT redactions_settled_by_somebody_check CHECK ((((state = 'proposed'::text) = (settled_by IS NULL)) AND ((state = 'proposed'::text) = (settled_at IS NULL)))),
    CONSTRAINT redactions_state_known_check CHECK ((state = ANY (ARRAY['proposed'::text, 'declined'::text, 'done'::text])))
);

COMMENT ON COLUMN public.redactions.number IS 'The provider''s';

COMMENT ON COLUMN public.redactions.pointer IS 'JSON pointer into the record; * is every place of a list';

COMMENT ON COLUMN public.redactions.value_hash IS 'SHA-256 of salt and canonical value; never the value';

COMMENT ON COLUMN public.redactions.salt IS '16 random bytes, gone once settled: then the hash tells nothing';

COMMENT ON COLUMN public.redactions.grounds IS 'Of a closed list; public';

COMMENT ON COLUMN public.redactions.reason IS 'Why, for the public; not the fact itself';

COMMENT ON COLUMN public.redactions.organisation_id IS 'For whom it was proposed';

COMMENT ON COLUMN public.redactions.entries IS 'The log''s entries that hold, or held, the fact';

COMMENT ON COLUMN public.redactions.version IS 'Counts changes; the entity tag';

CREATE TABLE public.register_documents (
    id integer NOT NULL,
    number text NOT NULL,
    entry bigint NOT NULL,
    format smallint NOT NULL,
    summary bytea NOT NULL,
    document bytea NOT NULL
);

COMMENT ON COLUMN public.register_documents.entry IS 'The ledger entry these bytes render';

COMMENT ON COLUMN public.register_documents.format IS 'Rendering format; see rendering.py';

COMMENT ON COLUMN public.register_documents.summary IS 'JSON for a list item';

COMMENT ON COLUMN public.register_documents.document IS 'JSON of the whole record';

CREATE TABLE public.register_past (
    id integer NOT NULL,
    from_entry bigint NOT NULL,
    until_entry bigint,
    status text NOT NULL,
    sort_name text NOT NULL COLLATE pg_catalog."C",
    words tsvector NOT NULL
);

COMMENT ON COLUMN public.register_past.id IS 'The six digits of the number';

COMMENT ON COLUMN public.register_past.from_entry IS 'The entry it renders';

COMMENT ON COLUMN public.register_past.until_entry IS 'The provider''s next entry; empty for the newest';

CREATE TABLE public.register_past_sites (
    provider_id integer NOT NULL,
    from_entry bigint NOT NULL,
    reference smallint NOT NULL,
    status text NOT NULL,
    la_code text NOT NULL,
    place point,
    age_bits integer NOT NULL,
    stage_bits smallint NOT NULL,
    need_bits integer NOT NULL,
    place_bits smallint NOT NULL,
    tags text[] NOT NULL,
    evidence text,
    seen_on date,
    outcome text
);

COMMENT ON COLUMN public.register_past_sites.place IS 'Metres, British National Grid';

CREATE TABLE public.register_renditions (
    id uuid NOT NULL,
    shape text NOT NULL,
    entry bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    tombstones bigint NOT NULL,
    format smallint NOT NULL,
    size bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT register_renditions_of_some_entry_check CHECK ((entry > 0)),
    CONSTRAINT register_renditions_shape_known_check CHECK ((shape = ANY (ARRAY['jsonl'::text, 'csv-providers'::text, 'csv-sites'::text, 'csv-offers'::text])))
);

COMMENT ON COLUMN public.register_renditions.id IS 'Names its object in the store';

COMMENT ON COLUMN public.register_renditions.shape IS 'Which file of the register it is';

COMMENT ON COLUMN public.register_renditions.entry IS 'The head it was made of';

COMMENT ON COLUMN public.register_renditions.recorded_at IS 'Its time';

COMMENT ON COLUMN public.register_renditions.tombstones IS 'How many there were: it is sent while there are as many';

COMMENT ON COLUMN public.register_renditions.format IS 'Rendering format of its records';

COMMENT ON COLUMN public.register_renditions.size IS 'Bytes';

CREATE TABLE public.register_search (
    id integer NOT NULL,
    status text NOT NULL,
    sort_name text NOT NULL COLLATE pg_catalog."C",
    words tsvector NOT NULL,
    vocabulary text[] NOT NULL,
    identifiers text[] NOT NULL
);

COMMENT ON COLUMN public.register_search.id IS 'The six digits of the number';

COMMENT ON COLUMN public.register_search.sort_name IS 'Plain lower-case words';

COMMENT ON COLUMN public.register_search.words IS 'A: name and number, B: other names, C: programmes, D: towns; plain words';

COMMENT ON COLUMN public.register_search.vocabulary IS 'The same words, to keep register_words true';

COMMENT ON COLUMN public.register_search.identifiers IS 'What other registers call it, as scheme:value';

CREATE TABLE public.register_sites (
    provider_id integer NOT NULL,
    reference smallint NOT NULL,
    la_code text NOT NULL,
    place point,
    summary bytea NOT NULL,
    status text NOT NULL,
    evidence text,
    provider_status text NOT NULL,
    sort_name text NOT NULL COLLATE pg_catalog."C",
    age_bits integer NOT NULL,
    stage_bits smallint NOT NULL,
    need_bits integer NOT NULL,
    place_bits smallint NOT NULL,
    tags text[] NOT NULL,
    several boolean NOT NULL,
    seen_on date,
    outcome text,
    due_on date,
    inspected boolean NOT NULL
);

COMMENT ON COLUMN public.register_sites.place IS 'Metres, British National Grid';

COMMENT ON COLUMN public.register_sites.summary IS 'JSON for a list item''s site';

COMMENT ON COLUMN public.register_sites.status IS 'Where its listing stands';

COMMENT ON COLUMN public.register_sites.evidence IS 'Whether what is critical is current; empty where none is asked for';

COMMENT ON COLUMN public.register_sites.provider_status IS 'Where its provider stands';

COMMENT ON COLUMN public.register_sites.sort_name IS 'Its provider''s';

COMMENT ON COLUMN public.register_sites.age_bits IS 'Bit n is age n, of any offer its listing covers';

COMMENT ON COLUMN public.register_sites.stage_bits IS 'Bit n is key stage n, of the same offers';

COMMENT ON COLUMN public.register_sites.need_bits IS 'Bit n is the nth need, of the same offers';

COMMENT ON COLUMN public.register_sites.place_bits IS 'Bit n is the nth band of places, of the same offers';

COMMENT ON COLUMN public.register_sites.tags IS 'All that one can filter by, as kind:value';

COMMENT ON COLUMN public.register_sites.several IS 'Whether its provider has further rows';

COMMENT ON COLUMN public.register_sites.seen_on IS 'When evidence that counts was last seen; without an inspection, for listing';

COMMENT ON COLUMN public.register_sites.outcome IS 'What follows from its inspections; empty where nothing is told of it';

COMMENT ON COLUMN public.register_sites.due_on IS 'By when it is visited next; empty where it is not on the register';

COMMENT ON COLUMN public.register_sites.inspected IS 'Whether an inspection of it is published';

CREATE TABLE public.register_words (
    word text NOT NULL COLLATE pg_catalog."C",
    documents integer NOT NULL,
    entry bigint DEFAULT 0 NOT NULL
);

COMMENT ON COLUMN public.register_words.documents IS 'Providers it occurs in; from 1';

COMMENT ON COLUMN public.register_words.entry IS 'The ledger entry with which its count last changed';

CREATE TABLE public.registration_cases (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    would_reach_on date NOT NULL,
    refused boolean NOT NULL,
    counts text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closure text,
    closed_by uuid,
    closed_at timestamp with time zone,
    closed_reason text,
    version integer NOT NULL,
    CONSTRAINT registration_cases_closed_whole_check CHECK ((((closure IS NULL) = (closed_at IS NULL)) AND ((closure IS NULL) = (closed_by IS NULL)) AND ((closure IS NULL) = (closed_reason IS NULL)))),
    CONSTRAINT registration_cases_closure_known_check CHECK ((closure = ANY (ARRAY['below-the-limit'::text, 'hours-reduced'::text, 'registered'::text, 'referred'::text])))
);

COMMENT ON COLUMN public.registration_cases.provider_id IS 'Whose institution it is';

COMMENT ON COLUMN public.registration_cases.would_reach_on IS 'The day on which the limit is met';

COMMENT ON COLUMN public.registration_cases.refused IS 'A place was refused; otherwise it is so already';

COMMENT ON COLUMN public.registration_cases.counts IS 'What the limbs of the test said; no child';

COMMENT ON COLUMN public.registration_cases.version IS 'Counts changes; the entity tag';

CREATE TABLE public.reliances (
    id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    criteria text[] NOT NULL,
    since date NOT NULL,
    until date NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_on date,
    ended_because text,
    version integer NOT NULL,
    CONSTRAINT reliances_ended_because_known_check CHECK ((ended_because = ANY (ARRAY['withdrawn'::text, 'lapsed'::text, 'inspection-withdrawn'::text]))),
    CONSTRAINT reliances_ended_for_some_reason_check CHECK (((ended_on IS NULL) = (ended_because IS NULL))),
    CONSTRAINT reliances_until_after_beginning_check CHECK ((until >= since))
);

COMMENT ON COLUMN public.reliances.organisation_id IS 'The QA body that relies on it';

COMMENT ON COLUMN public.reliances.criteria IS 'For which, by number; none named is all';

COMMENT ON COLUMN public.reliances.until IS 'The last day';

COMMENT ON COLUMN public.reliances.ended_on IS 'The first day it holds no more';

COMMENT ON COLUMN public.reliances.version IS 'Counts changes; the entity tag';

CREATE TABLE public.reminders (
    subject_id uuid NOT NULL,
    due_on date NOT NULL,
    days smallint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    CONSTRAINT reminders_days_before_check CHECK ((days >= 0))
);

COMMENT ON COLUMN public.reminders.subject_id IS 'Of the document, or of the provider that is to confirm';

COMMENT ON COLUMN public.reminders.due_on IS 'The document''s last day, or the day to confirm by';

COMMENT ON COLUMN public.reminders.days IS 'How many days before; 0: it is past';

CREATE TABLE public.review_contributions (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    given_on date NOT NULL,
    by_name text NOT NULL,
    encrypted bytea NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT review_contributions_encrypted_check CHECK ((octet_length(encrypted) >= 28))
);

COMMENT ON COLUMN public.review_contributions.by_name IS 'As it was then';

COMMENT ON COLUMN public.review_contributions.encrypted IS 'AES-256-GCM';

CREATE TABLE public.review_openings (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    cause text NOT NULL,
    opened_on date NOT NULL,
    acknowledge_by date NOT NULL,
    acknowledged_at timestamp with time zone,
    acknowledged_by_name text,
    settled_on date,
    CONSTRAINT review_openings_acknowledged_whole_check CHECK (((acknowledged_at IS NULL) = (acknowledged_by_name IS NULL))),
    CONSTRAINT review_openings_cause_known_check CHECK ((cause = ANY (ARRAY['listing'::text, 'outcome'::text, 'document'::text, 'concern'::text, 'suspension'::text])))
);

COMMENT ON COLUMN public.review_openings.acknowledged_by_name IS 'As it was then';

COMMENT ON COLUMN public.review_openings.settled_on IS 'The day of the review that followed, or of the placement''s end';

CREATE TABLE public.review_watches (
    provider_id uuid NOT NULL,
    status text NOT NULL,
    outcomes text NOT NULL,
    documents_out integer NOT NULL,
    looked_at timestamp with time zone NOT NULL
);

COMMENT ON COLUMN public.review_watches.outcomes IS 'Of its sites, in their order';

COMMENT ON COLUMN public.review_watches.documents_out IS 'Documents out of date';

CREATE TABLE public.reviews_due (
    placement_id uuid NOT NULL,
    commissioner_id uuid NOT NULL,
    counted_from date NOT NULL,
    next_on date NOT NULL,
    latest_on date NOT NULL,
    approximate boolean NOT NULL,
    CONSTRAINT reviews_due_within_the_limit_check CHECK ((next_on <= latest_on))
);

COMMENT ON COLUMN public.reviews_due.counted_from IS 'The last review, or the first day';

COMMENT ON COLUMN public.reviews_due.next_on IS 'By when';

COMMENT ON COLUMN public.reviews_due.latest_on IS 'Never later than this';

COMMENT ON COLUMN public.reviews_due.approximate IS 'School days were guessed';

CREATE TABLE public.safe_contacts (
    id uuid NOT NULL,
    child_id uuid NOT NULL,
    version integer NOT NULL,
    encrypted bytea NOT NULL,
    recorded_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT safe_contacts_encrypted_check CHECK ((octet_length(encrypted) >= 28)),
    CONSTRAINT safe_contacts_version_range_check CHECK ((version > 1))
);

COMMENT ON COLUMN public.safe_contacts.version IS 'Counts changes; 1 is: nothing yet';

COMMENT ON COLUMN public.safe_contacts.encrypted IS 'Everybody who is named, and what is safe; AES-256-GCM';

COMMENT ON COLUMN public.safe_contacts.recorded_by_name IS 'As it was then';

CREATE TABLE public.safeguarding_items (
    id uuid NOT NULL,
    placement_id uuid NOT NULL,
    item text NOT NULL,
    version integer NOT NULL,
    organisation_id uuid NOT NULL,
    done_on date,
    next_due date,
    encrypted bytea NOT NULL,
    recorded_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT safeguarding_items_encrypted_check CHECK ((octet_length(encrypted) >= 28)),
    CONSTRAINT safeguarding_items_item_known_check CHECK ((item ~ '^SG([1-9]|1[0-9]|2[0-2])$'::text)),
    CONSTRAINT safeguarding_items_says_something_check CHECK ((num_nonnulls(done_on, next_due) > 0))
);

COMMENT ON COLUMN public.safeguarding_items.item IS 'SG1 to SG22; see rules.safeguarding';

COMMENT ON COLUMN public.safeguarding_items.version IS 'Counts changes; 1 is: nothing yet';

COMMENT ON COLUMN public.safeguarding_items.organisation_id IS 'Which body says so';

COMMENT ON COLUMN public.safeguarding_items.encrypted IS 'What was done, by whom, the evidence; AES-256-GCM';

COMMENT ON COLUMN public.safeguarding_items.recorded_by_name IS 'As it was then';

CREATE TABLE public.safeguarding_statuses (
    placement_id uuid NOT NULL,
    commissioner_id uuid NOT NULL,
    status text NOT NULL,
    touched bigint NOT NULL,
    settled bigint NOT NULL,
    swept_on date NOT NULL,
    CONSTRAINT safeguarding_statuses_status_known_check CHECK ((status = ANY (ARRAY['green'::text, 'amber'::text, 'red'::text])))
);

COMMENT ON COLUMN public.safeguarding_statuses.status IS 'As it stood when it was looked at last';

COMMENT ON COLUMN public.safeguarding_statuses.touched IS 'Counts acts that may change it';

COMMENT ON COLUMN public.safeguarding_statuses.settled IS 'How many of them the status takes into account';

COMMENT ON COLUMN public.safeguarding_statuses.swept_on IS 'On which day it was looked at';

CREATE TABLE public.schedules (
    name text NOT NULL,
    last_due_at timestamp with time zone NOT NULL
);

COMMENT ON COLUMN public.schedules.last_due_at IS 'The newest time it was due';

CREATE TABLE public.school_calendars (
    organisation_id uuid NOT NULL,
    school_year smallint NOT NULL,
    terms datemultirange NOT NULL,
    closures datemultirange NOT NULL,
    stated_by_name text NOT NULL,
    stated_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT school_calendars_closures_within_terms_check CHECK ((closures <@ terms)),
    CONSTRAINT school_calendars_school_year_range_check CHECK (((school_year >= 2000) AND (school_year <= 2100))),
    CONSTRAINT school_calendars_some_term_check CHECK ((NOT isempty(terms))),
    CONSTRAINT school_calendars_terms_within_the_year_check CHECK ((range_merge(terms) <@ daterange(make_date((school_year)::integer, 8, 1), make_date((school_year + 1), 8, 1))))
);

COMMENT ON COLUMN public.school_calendars.school_year IS 'In which it begins: 2026 for 2026/27';

COMMENT ON COLUMN public.school_calendars.closures IS 'Days in terms without school';

COMMENT ON COLUMN public.school_calendars.stated_by_name IS 'Person or machine, as named then';

COMMENT ON COLUMN public.school_calendars.version IS 'Counts changes; the entity tag';

CREATE TABLE public.school_links (
    urn text NOT NULL,
    linked_urn text NOT NULL,
    link_type text NOT NULL,
    linked_name text,
    established_on date
);

COMMENT ON COLUMN public.school_links.urn IS 'Whose link; may not be held';

COMMENT ON COLUMN public.school_links.link_type IS 'As GIAS words it';

CREATE TABLE public.schools (
    organisation_id uuid NOT NULL,
    urn text NOT NULL,
    type_code text,
    type_name text,
    status text NOT NULL,
    phase text,
    low_age smallint,
    high_age smallint,
    street text,
    locality text,
    town text,
    postcode text,
    easting integer,
    northing integer,
    CONSTRAINT schools_urn_form_check CHECK ((urn ~ '^[0-9]{6}$'::text))
);

COMMENT ON COLUMN public.schools.urn IS 'Six digits, never re-used';

COMMENT ON COLUMN public.schools.type_code IS 'Two digits; 01 is community school';

COMMENT ON COLUMN public.schools.status IS 'As GIAS says: Open, Closed …; or Not said';

COMMENT ON COLUMN public.schools.phase IS 'Primary, Secondary …';

COMMENT ON COLUMN public.schools.postcode IS 'Upper case, one space';

COMMENT ON COLUMN public.schools.easting IS 'Metres, British National Grid';

COMMENT ON COLUMN public.schools.northing IS 'Metres, British National Grid';

CREATE TABLE public.self_evaluation_answers (
    self_evaluation_id uuid NOT NULL,
    criterion_id uuid NOT NULL,
    answer text NOT NULL,
    comment text,
    carried boolean NOT NULL,
    look_again boolean NOT NULL,
    answered_by uuid NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    CONSTRAINT self_evaluation_answers_answer_known_check CHECK ((answer = ANY (ARRAY['met'::text, 'partly-met'::text, 'not-met'::text, 'not-applicable'::text, 'not-assessed'::text]))),
    CONSTRAINT self_evaluation_answers_comment_says_something_check CHECK ((length(btrim(comment)) > 0))
);

COMMENT ON COLUMN public.self_evaluation_answers.carried IS 'From an earlier version, through the crosswalk';

COMMENT ON COLUMN public.self_evaluation_answers.look_again IS 'The criterion asks for something else than it did; nobody has looked since';

CREATE TABLE public.self_evaluation_evidence (
    self_evaluation_id uuid NOT NULL,
    criterion_id uuid NOT NULL,
    document_id uuid NOT NULL
);

CREATE TABLE public.self_evaluations (
    id uuid NOT NULL,
    site_id uuid NOT NULL,
    version_id uuid NOT NULL,
    carried_from_id uuid,
    begun_by uuid NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    completed_by uuid,
    completed_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT self_evaluations_completed_by_somebody_check CHECK (((completed_at IS NULL) = (completed_by IS NULL))),
    CONSTRAINT self_evaluations_not_carried_from_itself_check CHECK ((carried_from_id <> id))
);

COMMENT ON COLUMN public.self_evaluations.version_id IS 'Of the standards';

COMMENT ON COLUMN public.self_evaluations.carried_from_id IS 'Whose answers it began with';

COMMENT ON COLUMN public.self_evaluations.completed_at IS 'From then on nothing of it changes';

COMMENT ON COLUMN public.self_evaluations.version IS 'Counts changes; the entity tag';

CREATE TABLE public.sign_in_attempts (
    id uuid NOT NULL,
    state_hash bytea NOT NULL,
    browser_hash bytea NOT NULL,
    nonce text NOT NULL,
    code_verifier text NOT NULL,
    return_to text NOT NULL,
    link_id uuid,
    session_id uuid,
    began_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

COMMENT ON COLUMN public.sign_in_attempts.state_hash IS 'SHA-256';

COMMENT ON COLUMN public.sign_in_attempts.browser_hash IS 'SHA-256 of the cookie that ties it to one browser';

COMMENT ON COLUMN public.sign_in_attempts.code_verifier IS 'PKCE (RFC 7636)';

COMMENT ON COLUMN public.sign_in_attempts.return_to IS 'An address of ours';

COMMENT ON COLUMN public.sign_in_attempts.link_id IS 'The invitation being accepted, if any';

COMMENT ON COLUMN public.sign_in_attempts.session_id IS 'Whose holder shows who they are again, if any';

CREATE TABLE public.sign_in_sessions (
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    person_id uuid NOT NULL,
    membership_id uuid,
    method text NOT NULL,
    began_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    authenticated_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    sealed_id_token bytea,
    ended_at timestamp with time zone,
    ended_because text,
    CONSTRAINT sign_in_sessions_ended_for_a_reason_check CHECK (((ended_at IS NULL) = (ended_because IS NULL))),
    CONSTRAINT sign_in_sessions_method_known_check CHECK ((method = ANY (ARRAY['openid'::text, 'link+passkey'::text, 'link+code'::text, 'demonstration'::text])))
);

COMMENT ON COLUMN public.sign_in_sessions.token_hash IS 'SHA-256 of a cookie';

COMMENT ON COLUMN public.sign_in_sessions.membership_id IS 'For whom they act now; empty until they chose';

COMMENT ON COLUMN public.sign_in_sessions.seen_at IS 'To the minute';

COMMENT ON COLUMN public.sign_in_sessions.authenticated_at IS 'When they last showed who they are';

COMMENT ON COLUMN public.sign_in_sessions.ends_at IS 'However busy it is';

COMMENT ON COLUMN public.sign_in_sessions.sealed_id_token IS 'For signing out at the OpenID provider too';

CREATE TABLE public.sign_in_steps (
    id uuid NOT NULL,
    kind text NOT NULL,
    token_hash bytea NOT NULL,
    person_id uuid NOT NULL,
    session_id uuid,
    challenge bytea,
    sealed_secret bytea,
    return_to text NOT NULL,
    began_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    failures smallint NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT sign_in_steps_kind_known_check CHECK ((kind = ANY (ARRAY['second-factor'::text, 'enrolment'::text, 'again'::text])))
);

COMMENT ON COLUMN public.sign_in_steps.token_hash IS 'SHA-256 of a cookie';

COMMENT ON COLUMN public.sign_in_steps.challenge IS 'What a passkey must sign (WebAuthn)';

COMMENT ON COLUMN public.sign_in_steps.sealed_secret IS 'Of an authenticator that is being set up';

COMMENT ON COLUMN public.sign_in_steps.return_to IS 'An address of ours';

CREATE TABLE public.signing_keys (
    kid text NOT NULL,
    algorithm text NOT NULL,
    public_jwk jsonb NOT NULL,
    sealed_private_jwk bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    signs_from timestamp with time zone NOT NULL,
    signs_until timestamp with time zone NOT NULL,
    published_until timestamp with time zone NOT NULL,
    CONSTRAINT signing_keys_published_while_used_check CHECK ((signs_until <= published_until)),
    CONSTRAINT signing_keys_signs_for_a_while_check CHECK ((signs_from < signs_until))
);

COMMENT ON COLUMN public.signing_keys.kid IS 'RFC 7638 thumbprint';

COMMENT ON COLUMN public.signing_keys.algorithm IS 'ES256';

CREATE TABLE public.site_checks (
    id uuid NOT NULL,
    commissioner_id uuid NOT NULL,
    site_id uuid NOT NULL,
    kind text NOT NULL,
    seen_on date NOT NULL,
    seen_by text NOT NULL,
    what text NOT NULL,
    usable_until date NOT NULL,
    is_shared boolean NOT NULL,
    recorded_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_reason text,
    version integer NOT NULL,
    CONSTRAINT site_checks_kind_known_check CHECK ((kind = ANY (ARRAY['staff-checks'::text, 'visit'::text, 'insurance'::text, 'safeguarding-policy'::text, 'health-and-safety'::text, 'fire-risk'::text, 'first-aid'::text]))),
    CONSTRAINT site_checks_says_something_check CHECK ((length(btrim(what)) > 0)),
    CONSTRAINT site_checks_seen_by_somebody_check CHECK ((length(btrim(seen_by)) > 0)),
    CONSTRAINT site_checks_usable_in_order_check CHECK ((usable_until >= seen_on)),
    CONSTRAINT site_checks_withdrawn_for_some_reason_check CHECK (((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)))
);

COMMENT ON COLUMN public.site_checks.kind IS 'staff-checks, visit, insurance …';

COMMENT ON COLUMN public.site_checks.seen_by IS 'Who looked, and what they are';

COMMENT ON COLUMN public.site_checks.what IS 'What was seen; names no child';

COMMENT ON COLUMN public.site_checks.usable_until IS 'The last day; see rules.site_checks';

COMMENT ON COLUMN public.site_checks.is_shared IS 'With every organisation of the same trust or authority';

COMMENT ON COLUMN public.site_checks.recorded_by_name IS 'As it was then';

COMMENT ON COLUMN public.site_checks.version IS 'Counts changes; the entity tag';

CREATE TABLE public.site_outcomes (
    site_id uuid NOT NULL,
    outcome text NOT NULL,
    since date NOT NULL,
    valid_until date,
    next_outcome text,
    decided_by jsonb NOT NULL,
    seen_from date,
    seen_to date,
    asked smallint,
    judged smallint,
    due_kind text,
    due_on date,
    due_because text,
    publication_id uuid,
    site_kind text NOT NULL,
    staff_size text,
    changes_on date,
    computed_at timestamp with time zone NOT NULL,
    CONSTRAINT site_outcomes_changes_by_its_end_check CHECK ((changes_on <= (valid_until + 1))),
    CONSTRAINT site_outcomes_due_whole_check CHECK ((((due_on IS NULL) = (due_kind IS NULL)) AND ((due_on IS NULL) = (due_because IS NULL)))),
    CONSTRAINT site_outcomes_ends_as_another_check CHECK (((valid_until IS NULL) = (next_outcome IS NULL))),
    CONSTRAINT site_outcomes_judged_of_those_asked_check CHECK (((judged >= 0) AND (judged <= asked))),
    CONSTRAINT site_outcomes_next_is_another_check CHECK ((next_outcome <> outcome)),
    CONSTRAINT site_outcomes_next_outcome_known_check CHECK ((next_outcome = ANY (ARRAY['meets-standards'::text, 'meets-with-actions'::text, 'does-not-yet-meet'::text, 'not-yet-assessed'::text]))),
    CONSTRAINT site_outcomes_outcome_known_check CHECK ((outcome = ANY (ARRAY['meets-standards'::text, 'meets-with-actions'::text, 'does-not-yet-meet'::text, 'not-yet-assessed'::text]))),
    CONSTRAINT site_outcomes_seen_both_check CHECK (((seen_from IS NULL) = (seen_to IS NULL))),
    CONSTRAINT site_outcomes_seen_in_order_check CHECK ((seen_from <= seen_to))
);

COMMENT ON COLUMN public.site_outcomes.outcome IS 'meets-standards, meets-with-actions …';

COMMENT ON COLUMN public.site_outcomes.since IS 'The first day of it';

COMMENT ON COLUMN public.site_outcomes.valid_until IS 'The last day on which it holds by itself; empty: until somebody acts';

COMMENT ON COLUMN public.site_outcomes.next_outcome IS 'What it is on the day after';

COMMENT ON COLUMN public.site_outcomes.decided_by IS 'The criteria that decided: number, judgement, because';

COMMENT ON COLUMN public.site_outcomes.seen_from IS 'When the oldest evidence that counts was seen';

COMMENT ON COLUMN public.site_outcomes.seen_to IS 'When the newest was';

COMMENT ON COLUMN public.site_outcomes.asked IS 'Criteria that count for it there; empty where none was ever judged';

COMMENT ON COLUMN public.site_outcomes.judged IS 'Of them, those of which a judgement counts';

COMMENT ON COLUMN public.site_outcomes.due_kind IS 'Of the next visit that comes round';

COMMENT ON COLUMN public.site_outcomes.due_on IS 'By when it is due';

COMMENT ON COLUMN public.site_outcomes.due_because IS 'first-after-listing or yearly';

COMMENT ON COLUMN public.site_outcomes.publication_id IS 'The newest inspection there, in its newest version';

COMMENT ON COLUMN public.site_outcomes.site_kind IS 'By which it was found what is asked';

COMMENT ON COLUMN public.site_outcomes.staff_size IS 'Likewise, of the provider';

COMMENT ON COLUMN public.site_outcomes.changes_on IS 'The first day on which time alone changes anything of it';

COMMENT ON COLUMN public.site_outcomes.computed_at IS 'When it was last found to be otherwise';

CREATE TABLE public.sites (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    reference smallint NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    address_lines text[] NOT NULL,
    town text,
    postcode text,
    la_code text NOT NULL,
    easting integer,
    northing integer,
    location_precision text,
    opened_on date,
    closed_on date,
    someones_home boolean DEFAULT false NOT NULL,
    run_by text,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT sites_both_coordinates_check CHECK (((easting IS NULL) = (northing IS NULL))),
    CONSTRAINT sites_closes_after_opening_check CHECK ((closed_on >= opened_on)),
    CONSTRAINT sites_kind_known_check CHECK ((kind = ANY (ARRAY['fixed'::text, 'farm-or-outdoor'::text, 'workshop'::text, 'vehicle'::text, 'school-site'::text, 'hired'::text, 'home-visits'::text, 'online'::text, 'satellite'::text, 'subcontracted'::text]))),
    CONSTRAINT sites_located_with_precision_check CHECK (((easting IS NULL) = (location_precision IS NULL)))
);

COMMENT ON COLUMN public.sites.reference IS '1, 2 … within the provider';

COMMENT ON COLUMN public.sites.kind IS 'fixed, farm-or-outdoor, workshop …';

COMMENT ON COLUMN public.sites.address_lines IS 'Street; may be empty';

COMMENT ON COLUMN public.sites.postcode IS 'Upper case, one space';

COMMENT ON COLUMN public.sites.la_code IS 'The local authority whose area it lies in';

COMMENT ON COLUMN public.sites.easting IS 'Metres, British National Grid';

COMMENT ON COLUMN public.sites.northing IS 'Metres, British National Grid';

COMMENT ON COLUMN public.sites.location_precision IS 'How near the point is: given, postcode, postcode-district, postcode-area';

COMMENT ON COLUMN public.sites.closed_on IS 'The first day it was shut';

COMMENT ON COLUMN public.sites.someones_home IS 'Then its street address and point are never public';

COMMENT ON COLUMN public.sites.run_by IS 'Who runs it, where that is not the provider: a subcontractor, a host';

COMMENT ON COLUMN public.sites.version IS 'Counts changes; the entity tag';

CREATE TABLE public.staff_checks (
    id uuid NOT NULL,
    staff_member_id uuid NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    checked_on date,
    checked_by text NOT NULL,
    basis text,
    recorded_by uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT staff_checks_checked_by_known_check CHECK ((checked_by = ANY (ARRAY['provider'::text, 'third-party'::text, 'commissioner'::text, 'local-authority'::text]))),
    CONSTRAINT staff_checks_kind_known_check CHECK ((kind = ANY (ARRAY['identity'::text, 'right-to-work'::text, 'enhanced-dbs'::text, 'barred-list'::text, 'prohibition'::text, 'management-bar'::text, 'references'::text, 'overseas'::text, 'qualifications'::text, 'medical-fitness'::text, 'safeguarding-training'::text]))),
    CONSTRAINT staff_checks_status_known_check CHECK ((status = ANY (ARRAY['clear'::text, 'pending'::text, 'risk-assessed'::text, 'not-clear'::text, 'not-required'::text])))
);

COMMENT ON COLUMN public.staff_checks.checked_by IS 'What sort of body ran the check';

COMMENT ON COLUMN public.staff_checks.basis IS 'On what ground; no number of any kind';

CREATE TABLE public.staff_members (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    name text NOT NULL,
    duties text NOT NULL,
    regulated_activity boolean NOT NULL,
    started_on date,
    ended_on date,
    recorded_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT staff_members_ends_after_beginning_check CHECK ((ended_on >= started_on)),
    CONSTRAINT staff_members_named_check CHECK ((length(btrim(name)) > 0))
);

COMMENT ON COLUMN public.staff_members.duties IS 'What they do: tutor, driver, cook …';

COMMENT ON COLUMN public.staff_members.regulated_activity IS 'Safeguarding Vulnerable Groups Act 2006, schedule 4; decides which checks are due';

COMMENT ON COLUMN public.staff_members.version IS 'Counts changes; the entity tag';

CREATE TABLE public.standards_impacts (
    site_id uuid NOT NULL,
    version_id uuid NOT NULL,
    outcome text NOT NULL,
    not_met text[] NOT NULL,
    partly_met text[] NOT NULL,
    nothing_known text[] NOT NULL,
    CONSTRAINT standards_impacts_outcome_known_check CHECK ((outcome = ANY (ARRAY['meets-standards'::text, 'meets-with-actions'::text, 'does-not-yet-meet'::text, 'not-yet-assessed'::text])))
);

COMMENT ON COLUMN public.standards_impacts.version_id IS 'Published, to take effect';

COMMENT ON COLUMN public.standards_impacts.outcome IS 'On its first day';

COMMENT ON COLUMN public.standards_impacts.not_met IS 'Numbers of its criteria; by judgements that count for them then';

COMMENT ON COLUMN public.standards_impacts.partly_met IS 'Likewise';

COMMENT ON COLUMN public.standards_impacts.nothing_known IS 'Those for which no judgement counts then';

CREATE TABLE public.standards_versions (
    id uuid NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    state text NOT NULL,
    in_force daterange,
    standard_titles jsonb NOT NULL,
    withdrawn text[] NOT NULL,
    drafted_by uuid,
    last_changed_by uuid,
    published_by uuid,
    published_at timestamp with time zone,
    note text,
    version integer NOT NULL,
    CONSTRAINT standards_versions_code_form_check CHECK ((code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT standards_versions_published_by_somebody_check CHECK (((state = 'draft'::text) OR ((published_by IS NULL) = (drafted_by IS NULL)))),
    CONSTRAINT standards_versions_published_whole_check CHECK ((((state = 'published'::text) = (in_force IS NOT NULL)) AND ((state = 'published'::text) = (published_at IS NOT NULL)) AND ((state = 'published'::text) OR (published_by IS NULL)))),
    CONSTRAINT standards_versions_some_days_check CHECK (((NOT isempty(in_force)) AND (NOT lower_inf(in_force)))),
    CONSTRAINT standards_versions_state_known_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text]))),
    CONSTRAINT standards_versions_titled_check CHECK ((length(btrim(title)) > 0)),
    CONSTRAINT standards_versions_two_people_check CHECK (((published_by <> drafted_by) AND (published_by <> last_changed_by)))
);

COMMENT ON COLUMN public.standards_versions.code IS 'working-set-1';

COMMENT ON COLUMN public.standards_versions.state IS 'draft or published';

COMMENT ON COLUMN public.standards_versions.in_force IS 'The days on which it holds, London; empty while a draft';

COMMENT ON COLUMN public.standards_versions.standard_titles IS 'Short title of each standard, by its number';

COMMENT ON COLUMN public.standards_versions.withdrawn IS 'Numbers of the version before that nothing takes the place of';

COMMENT ON COLUMN public.standards_versions.drafted_by IS 'Nobody, where it ships with the product';

COMMENT ON COLUMN public.standards_versions.published_by IS 'Never who drafted or last changed it';

COMMENT ON COLUMN public.standards_versions.note IS 'What readers should know of it';

COMMENT ON COLUMN public.standards_versions.version IS 'Counts changes; the entity tag';

CREATE TABLE public.suspension_reviews (
    id uuid NOT NULL,
    suspension_id uuid NOT NULL,
    person_id uuid NOT NULL,
    person_name text NOT NULL,
    organisation_id uuid NOT NULL,
    decision text NOT NULL,
    reason text NOT NULL,
    reviewed_at timestamp with time zone NOT NULL,
    next_due_on date,
    CONSTRAINT suspension_reviews_decision_known_check CHECK ((decision = ANY (ARRAY['stays'::text, 'lift-proposed'::text]))),
    CONSTRAINT suspension_reviews_reasoned_check CHECK ((length(btrim(reason)) > 0))
);

COMMENT ON COLUMN public.suspension_reviews.person_name IS 'As it was then; never public';

COMMENT ON COLUMN public.suspension_reviews.decision IS 'stays or lift-proposed';

COMMENT ON COLUMN public.suspension_reviews.reason IS 'Why; never public';

COMMENT ON COLUMN public.suspension_reviews.next_due_on IS 'By when once more';

CREATE TABLE public.urgent_starts (
    placement_id uuid NOT NULL,
    complete_by date NOT NULL,
    encrypted bytea NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT urgent_starts_encrypted_check CHECK ((octet_length(encrypted) >= 28))
);

COMMENT ON COLUMN public.urgent_starts.encrypted IS 'Why; AES-256-GCM';

COMMENT ON COLUMN public.urgent_starts.recorded_by_name IS 'As it was then';

CREATE TABLE public.walk_back_matches (
    id uuid NOT NULL,
    listing_id uuid NOT NULL,
    other_provider_id uuid NOT NULL,
    grounds text[] NOT NULL,
    score numeric(4,3) NOT NULL,
    found_at timestamp with time zone NOT NULL,
    judgement text,
    judged_by uuid,
    judged_at timestamp with time zone,
    judged_reason text,
    CONSTRAINT walk_back_matches_judged_with_reason_check CHECK ((((judgement IS NULL) = (judged_at IS NULL)) AND ((judgement IS NULL) = (judged_reason IS NULL)))),
    CONSTRAINT walk_back_matches_judgement_known_check CHECK ((judgement = ANY (ARRAY['same-people'::text, 'connected'::text, 'unrelated'::text]))),
    CONSTRAINT walk_back_matches_score_range_check CHECK (((score >= (0)::numeric) AND (score <= (1)::numeric)))
);

COMMENT ON COLUMN public.walk_back_matches.grounds IS 'What they share, by kind';

COMMENT ON COLUMN public.walk_back_matches.score IS 'How telling it is, 0 to 1';

COMMENT ON COLUMN public.walk_back_matches.judgement IS 'Empty until an assessor judged';

CREATE TABLE public.withheld_replies (
    id uuid NOT NULL,
    reply_id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    provider_id uuid NOT NULL,
    site integer NOT NULL,
    criterion text NOT NULL,
    version integer NOT NULL,
    because text NOT NULL,
    reason text NOT NULL,
    withheld_by uuid NOT NULL,
    organisation_id uuid NOT NULL,
    withheld_at timestamp with time zone NOT NULL,
    CONSTRAINT withheld_replies_because_known_check CHECK ((because = ANY (ARRAY['child-recognisable'::text, 'person-recognisable'::text, 'unlawful'::text]))),
    CONSTRAINT withheld_replies_reasoned_check CHECK ((length(btrim(reason)) > 0))
);

COMMENT ON COLUMN public.withheld_replies.site IS 'As of the reply; so the two after it';

COMMENT ON COLUMN public.withheld_replies.because IS 'Of a closed list; public';

COMMENT ON COLUMN public.withheld_replies.reason IS 'In full, for the provider; never public';

ALTER TABLE ONLY public.ledger_head ALTER COLUMN id SET DEFAULT nextval('public.ledger_head_id_seq'::regclass);

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

ALTER TABLE ONLY public.assessment_decisions
    ADD CONSTRAINT assessment_decisions_pkey PRIMARY KEY (assessment_id);

ALTER TABLE ONLY public.assessment_options
    ADD CONSTRAINT assessment_options_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assessment_steps
    ADD CONSTRAINT assessment_steps_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assessment_tests
    ADD CONSTRAINT assessment_tests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessments_commissioner_id_reference_key UNIQUE (commissioner_id, reference);

ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attendance_alerts
    ADD CONSTRAINT attendance_alerts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attendance_alerts
    ADD CONSTRAINT attendance_alerts_placement_id_day_starts_key UNIQUE (placement_id, day, starts);

ALTER TABLE ONLY public.attendance_closures
    ADD CONSTRAINT attendance_closures_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attendance_codes
    ADD CONSTRAINT attendance_codes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attendance_contacts
    ADD CONSTRAINT attendance_contacts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attendance_declarations
    ADD CONSTRAINT attendance_declarations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attendance_facts
    ADD CONSTRAINT attendance_facts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.authenticators
    ADD CONSTRAINT authenticators_pkey PRIMARY KEY (person_id);

ALTER TABLE ONLY public.bank_references
    ADD CONSTRAINT bank_references_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.child_circumstances
    ADD CONSTRAINT child_circumstances_pkey PRIMARY KEY (child_id, since);

ALTER TABLE ONLY public.child_links
    ADD CONSTRAINT child_links_pkey PRIMARY KEY (child_id);

ALTER TABLE ONLY public.child_particulars
    ADD CONSTRAINT child_particulars_pkey PRIMARY KEY (child_id);

ALTER TABLE ONLY public.children
    ADD CONSTRAINT children_commissioner_id_reference_key UNIQUE (commissioner_id, reference);

ALTER TABLE ONLY public.children
    ADD CONSTRAINT children_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.commitments
    ADD CONSTRAINT commitments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.concerns
    ADD CONSTRAINT concerns_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.criteria_crosswalk
    ADD CONSTRAINT criteria_crosswalk_pkey PRIMARY KEY (from_criterion_id, to_criterion_id);

ALTER TABLE ONLY public.criteria
    ADD CONSTRAINT criteria_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.criteria
    ADD CONSTRAINT criteria_version_id_number_key UNIQUE (version_id, number);

ALTER TABLE ONLY public.declared_bands
    ADD CONSTRAINT declared_bands_pkey PRIMARY KEY (declaration_id, band);

ALTER TABLE ONLY public.declared_interests
    ADD CONSTRAINT declared_interests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.document_shares
    ADD CONSTRAINT document_shares_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.duty_contacts
    ADD CONSTRAINT duty_contacts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.duty_offers
    ADD CONSTRAINT duty_offers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.duty_periods
    ADD CONSTRAINT duty_periods_one_at_a_time_excl EXCLUDE USING gist (placement_id WITH =, duty WITH =, daterange(since, until, '[]'::text) WITH &&);

ALTER TABLE ONLY public.duty_periods
    ADD CONSTRAINT duty_periods_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.emailed_links
    ADD CONSTRAINT emailed_links_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.emailed_links
    ADD CONSTRAINT emailed_links_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.erased_placement_areas
    ADD CONSTRAINT erased_placement_areas_pkey PRIMARY KEY (placement_id, since);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_pkey PRIMARY KEY (child_id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.follow_up_handovers
    ADD CONSTRAINT follow_up_handovers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.follow_up_spells
    ADD CONSTRAINT follow_up_spells_pkey PRIMARY KEY (follow_up_id, number);

ALTER TABLE ONLY public.follow_up_steps
    ADD CONSTRAINT follow_up_steps_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.follow_ups
    ADD CONSTRAINT follow_ups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.follow_ups
    ADD CONSTRAINT follow_ups_placement_id_key UNIQUE (placement_id);

ALTER TABLE ONLY public.follow_ups
    ADD CONSTRAINT follow_ups_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.former_local_authorities
    ADD CONSTRAINT former_local_authorities_pkey PRIMARY KEY (gss_code);

ALTER TABLE ONLY public.former_local_authority_successors
    ADD CONSTRAINT former_local_authority_successors_pkey PRIMARY KEY (former_gss_code, successor_la_code);

ALTER TABLE ONLY public.full_time_findings
    ADD CONSTRAINT full_time_findings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.funding_arrangements
    ADD CONSTRAINT funding_arrangements_one_at_a_time_excl EXCLUDE USING gist (placement_id WITH =, kind WITH =, daterange(since, until, '[]'::text) WITH &&);

ALTER TABLE ONLY public.funding_arrangements
    ADD CONSTRAINT funding_arrangements_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.funding_budgets
    ADD CONSTRAINT funding_budgets_pkey PRIMARY KEY (arrangement_id, terms_number, payer_number);

ALTER TABLE ONLY public.funding_disputes
    ADD CONSTRAINT funding_disputes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.funding_overrides
    ADD CONSTRAINT funding_overrides_pkey PRIMARY KEY (arrangement_id, terms_number);

ALTER TABLE ONLY public.funding_payers
    ADD CONSTRAINT funding_payers_pkey PRIMARY KEY (arrangement_id, terms_number, number);

ALTER TABLE ONLY public.funding_recoveries
    ADD CONSTRAINT funding_recoveries_pkey PRIMARY KEY (arrangement_id, terms_number, number);

ALTER TABLE ONLY public.funding_signatures
    ADD CONSTRAINT funding_signatures_pkey PRIMARY KEY (arrangement_id, terms_number, payer_number);

ALTER TABLE ONLY public.funding_terms
    ADD CONSTRAINT funding_terms_pkey PRIMARY KEY (arrangement_id, number);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_caller_key_key UNIQUE (caller, key);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.import_runs
    ADD CONSTRAINT import_runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inspection_actions
    ADD CONSTRAINT inspection_actions_judgement_id_key UNIQUE (judgement_id);

ALTER TABLE ONLY public.inspection_actions
    ADD CONSTRAINT inspection_actions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inspection_amendments
    ADD CONSTRAINT inspection_amendments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inspection_appeals
    ADD CONSTRAINT inspection_appeals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inspection_checks
    ADD CONSTRAINT inspection_checks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inspection_comments
    ADD CONSTRAINT inspection_comments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inspection_files
    ADD CONSTRAINT inspection_files_pkey PRIMARY KEY (file_id);

ALTER TABLE ONLY public.inspection_judgements
    ADD CONSTRAINT inspection_judgements_inspection_id_site_id_criterion_id_key UNIQUE (inspection_id, site_id, criterion_id);

ALTER TABLE ONLY public.inspection_judgements
    ADD CONSTRAINT inspection_judgements_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inspection_publications
    ADD CONSTRAINT inspection_publications_inspection_id_version_key UNIQUE (inspection_id, version);

ALTER TABLE ONLY public.inspection_publications
    ADD CONSTRAINT inspection_publications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inspection_replies
    ADD CONSTRAINT inspection_replies_judgement_id_version_key UNIQUE (judgement_id, version);

ALTER TABLE ONLY public.inspection_replies
    ADD CONSTRAINT inspection_replies_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inspection_revisits
    ADD CONSTRAINT inspection_revisits_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inspection_sites
    ADD CONSTRAINT inspection_sites_pkey PRIMARY KEY (inspection_id, site_id);

ALTER TABLE ONLY public.inspections
    ADD CONSTRAINT inspections_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inspections
    ADD CONSTRAINT inspections_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.inspectors
    ADD CONSTRAINT inspectors_pkey PRIMARY KEY (inspection_id, person_id);

ALTER TABLE ONLY public.institution_sites
    ADD CONSTRAINT institution_sites_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.interim_payers
    ADD CONSTRAINT interim_payers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.interim_suspensions
    ADD CONSTRAINT interim_suspensions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.interim_suspensions
    ADD CONSTRAINT interim_suspensions_proposal_id_key UNIQUE (proposal_id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_key_key UNIQUE (key);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.judgement_files
    ADD CONSTRAINT judgement_files_pkey PRIMARY KEY (judgement_id, file_id);

ALTER TABLE ONLY public.judgement_notes
    ADD CONSTRAINT judgement_notes_pkey PRIMARY KEY (judgement_id);

ALTER TABLE ONLY public.ledger_bodies
    ADD CONSTRAINT ledger_bodies_pkey PRIMARY KEY (entry);

ALTER TABLE ONLY public.ledger_causes
    ADD CONSTRAINT ledger_causes_pkey PRIMARY KEY (entry);

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_pkey PRIMARY KEY (entry);

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_recorded_at_key UNIQUE (recorded_at);

ALTER TABLE ONLY public.ledger_head
    ADD CONSTRAINT ledger_head_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_moves
    ADD CONSTRAINT listing_moves_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_proposals
    ADD CONSTRAINT listing_proposals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_questions
    ADD CONSTRAINT listing_questions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listings
    ADD CONSTRAINT listings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.local_authorities
    ADD CONSTRAINT local_authorities_gss_code_key UNIQUE (gss_code);

ALTER TABLE ONLY public.local_authorities
    ADD CONSTRAINT local_authorities_pkey PRIMARY KEY (la_code);

ALTER TABLE ONLY public.machine_secrets
    ADD CONSTRAINT machine_secrets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.machine_secrets
    ADD CONSTRAINT machine_secrets_secret_hash_key UNIQUE (secret_hash);

ALTER TABLE ONLY public.machines
    ADD CONSTRAINT machines_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.match_questions
    ADD CONSTRAINT match_questions_child_id_other_child_id_key UNIQUE (child_id, other_child_id);

ALTER TABLE ONLY public.match_questions
    ADD CONSTRAINT match_questions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.matching_keys
    ADD CONSTRAINT matching_keys_pkey PRIMARY KEY (purpose);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.merge_moves
    ADD CONSTRAINT merge_moves_pkey PRIMARY KEY (merge_id, table_name, row_id);

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notice_sendings
    ADD CONSTRAINT notice_sendings_corrects_key UNIQUE (corrects);

ALTER TABLE ONLY public.notice_sendings
    ADD CONSTRAINT notice_sendings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.offers
    ADD CONSTRAINT offers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.organisation_identifiers
    ADD CONSTRAINT organisation_identifiers_pkey PRIMARY KEY (organisation_id, scheme, value);

ALTER TABLE ONLY public.organisations
    ADD CONSTRAINT organisations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_credential_id_key UNIQUE (credential_id);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.person_contacts
    ADD CONSTRAINT person_contacts_email_key UNIQUE (email);

ALTER TABLE ONLY public.person_contacts
    ADD CONSTRAINT person_contacts_pkey PRIMARY KEY (person_id);

ALTER TABLE ONLY public.person_identities
    ADD CONSTRAINT person_identities_pkey PRIMARY KEY (issuer, subject);

ALTER TABLE ONLY public.placement_notices
    ADD CONSTRAINT placement_notices_of_placement_key UNIQUE (id, placement_id);

ALTER TABLE ONLY public.placement_notices
    ADD CONSTRAINT placement_notices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.placement_notices
    ADD CONSTRAINT placement_notices_placement_id_kind_addressee_version_key UNIQUE (placement_id, kind, addressee, version);

ALTER TABLE ONLY public.placement_reviews
    ADD CONSTRAINT placement_reviews_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.placement_reviews
    ADD CONSTRAINT placement_reviews_placement_id_held_on_key UNIQUE (placement_id, held_on);

ALTER TABLE ONLY public.placement_reviews
    ADD CONSTRAINT placement_reviews_placement_id_reference_key UNIQUE (placement_id, reference);

ALTER TABLE ONLY public.placement_sessions
    ADD CONSTRAINT placement_sessions_pkey PRIMARY KEY (timetable_id, weekday, starts);

ALTER TABLE ONLY public.placement_timetables
    ADD CONSTRAINT placement_timetables_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.placement_timetables
    ADD CONSTRAINT placement_timetables_placement_id_since_key UNIQUE (placement_id, since);

ALTER TABLE ONLY public.placements
    ADD CONSTRAINT placements_commissioner_id_reference_key UNIQUE (commissioner_id, reference);

ALTER TABLE ONLY public.placements
    ADD CONSTRAINT placements_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.postcode_areas
    ADD CONSTRAINT postcode_areas_pkey PRIMARY KEY (area);

ALTER TABLE ONLY public.postcode_districts
    ADD CONSTRAINT postcode_districts_pkey PRIMARY KEY (outcode);

ALTER TABLE ONLY public.postcodes
    ADD CONSTRAINT postcodes_pkey PRIMARY KEY (postcode);

ALTER TABLE ONLY public.provider_confirmations
    ADD CONSTRAINT provider_confirmations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.provider_consents
    ADD CONSTRAINT provider_consents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.provider_contacts
    ADD CONSTRAINT provider_contacts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.provider_identifiers
    ADD CONSTRAINT provider_identifiers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.provider_identifiers
    ADD CONSTRAINT provider_identifiers_provider_id_scheme_value_key UNIQUE (provider_id, scheme, value);

ALTER TABLE ONLY public.provider_known_by
    ADD CONSTRAINT provider_known_by_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.provider_links
    ADD CONSTRAINT provider_links_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.provider_names
    ADD CONSTRAINT provider_names_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.provider_names
    ADD CONSTRAINT provider_names_provider_id_kind_name_key UNIQUE (provider_id, kind, name);

ALTER TABLE ONLY public.provider_owners
    ADD CONSTRAINT provider_owners_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.provider_people
    ADD CONSTRAINT provider_people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.provider_safeguarding_items
    ADD CONSTRAINT provider_safeguarding_items_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.provider_safeguarding_items
    ADD CONSTRAINT provider_safeguarding_items_placement_id_item_version_key UNIQUE (placement_id, item, version);

ALTER TABLE ONLY public.provider_status_changes
    ADD CONSTRAINT provider_status_changes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.provider_verifications
    ADD CONSTRAINT provider_verifications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers
    ADD CONSTRAINT providers_number_key UNIQUE (number);

ALTER TABLE ONLY public.providers
    ADD CONSTRAINT providers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.published_policies
    ADD CONSTRAINT published_policies_one_in_force_excl EXCLUDE USING gist (code WITH =, in_force WITH &&) WHERE ((state = 'published'::text));

ALTER TABLE ONLY public.published_policies
    ADD CONSTRAINT published_policies_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.received_results
    ADD CONSTRAINT received_results_organisation_id_reference_key UNIQUE (organisation_id, reference);

ALTER TABLE ONLY public.received_results
    ADD CONSTRAINT received_results_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.redactions
    ADD CONSTRAINT redactions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.register_documents
    ADD CONSTRAINT register_documents_number_key UNIQUE (number);

ALTER TABLE ONLY public.register_documents
    ADD CONSTRAINT register_documents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.register_past
    ADD CONSTRAINT register_past_pkey PRIMARY KEY (id, from_entry);

ALTER TABLE ONLY public.register_past_sites
    ADD CONSTRAINT register_past_sites_pkey PRIMARY KEY (provider_id, from_entry, reference);

ALTER TABLE ONLY public.register_renditions
    ADD CONSTRAINT register_renditions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.register_renditions
    ADD CONSTRAINT register_renditions_shape_entry_tombstones_format_key UNIQUE (shape, entry, tombstones, format);

ALTER TABLE ONLY public.register_search
    ADD CONSTRAINT register_search_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.register_sites
    ADD CONSTRAINT register_sites_pkey PRIMARY KEY (provider_id, reference);

ALTER TABLE ONLY public.register_words
    ADD CONSTRAINT register_words_pkey PRIMARY KEY (word);

ALTER TABLE ONLY public.registration_cases
    ADD CONSTRAINT registration_cases_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reliances
    ADD CONSTRAINT reliances_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reminders
    ADD CONSTRAINT reminders_pkey PRIMARY KEY (subject_id, due_on, days);

ALTER TABLE ONLY public.review_contributions
    ADD CONSTRAINT review_contributions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.review_openings
    ADD CONSTRAINT review_openings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.review_watches
    ADD CONSTRAINT review_watches_pkey PRIMARY KEY (provider_id);

ALTER TABLE ONLY public.reviews_due
    ADD CONSTRAINT reviews_due_pkey PRIMARY KEY (placement_id);

ALTER TABLE ONLY public.safe_contacts
    ADD CONSTRAINT safe_contacts_child_id_version_key UNIQUE (child_id, version);

ALTER TABLE ONLY public.safe_contacts
    ADD CONSTRAINT safe_contacts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.safeguarding_items
    ADD CONSTRAINT safeguarding_items_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.safeguarding_items
    ADD CONSTRAINT safeguarding_items_placement_id_item_version_key UNIQUE (placement_id, item, version);

ALTER TABLE ONLY public.safeguarding_statuses
    ADD CONSTRAINT safeguarding_statuses_pkey PRIMARY KEY (placement_id);

ALTER TABLE ONLY public.schedules
    ADD CONSTRAINT schedules_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.school_calendars
    ADD CONSTRAINT school_calendars_pkey PRIMARY KEY (organisation_id, school_year);

ALTER TABLE ONLY public.school_links
    ADD CONSTRAINT school_links_pkey PRIMARY KEY (urn, linked_urn, link_type);

ALTER TABLE ONLY public.schools
    ADD CONSTRAINT schools_pkey PRIMARY KEY (organisation_id);

ALTER TABLE ONLY public.schools
    ADD CONSTRAINT schools_urn_key UNIQUE (urn);

ALTER TABLE ONLY public.self_evaluation_answers
    ADD CONSTRAINT self_evaluation_answers_pkey PRIMARY KEY (self_evaluation_id, criterion_id);

ALTER TABLE ONLY public.self_evaluation_evidence
    ADD CONSTRAINT self_evaluation_evidence_pkey PRIMARY KEY (self_evaluation_id, criterion_id, document_id);

ALTER TABLE ONLY public.self_evaluations
    ADD CONSTRAINT self_evaluations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_attempts
    ADD CONSTRAINT sign_in_attempts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_attempts
    ADD CONSTRAINT sign_in_attempts_state_hash_key UNIQUE (state_hash);

ALTER TABLE ONLY public.sign_in_sessions
    ADD CONSTRAINT sign_in_sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_sessions
    ADD CONSTRAINT sign_in_sessions_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.sign_in_steps
    ADD CONSTRAINT sign_in_steps_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_steps
    ADD CONSTRAINT sign_in_steps_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.signing_keys
    ADD CONSTRAINT signing_keys_pkey PRIMARY KEY (kid);

ALTER TABLE ONLY public.site_checks
    ADD CONSTRAINT site_checks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.site_outcomes
    ADD CONSTRAINT site_outcomes_pkey PRIMARY KEY (site_id);

ALTER TABLE ONLY public.sites
    ADD CONSTRAINT sites_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sites
    ADD CONSTRAINT sites_provider_id_reference_key UNIQUE (provider_id, reference);

ALTER TABLE ONLY public.staff_checks
    ADD CONSTRAINT staff_checks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_members
    ADD CONSTRAINT staff_members_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.standards_impacts
    ADD CONSTRAINT standards_impacts_pkey PRIMARY KEY (site_id, version_id);

ALTER TABLE ONLY public.standards_versions
    ADD CONSTRAINT standards_versions_code_key UNIQUE (code);

ALTER TABLE ONLY public.standards_versions
    ADD CONSTRAINT standards_versions_one_in_force_excl EXCLUDE USING gist (in_force WITH &&) WHERE ((state = 'published'::text));

ALTER TABLE ONLY public.standards_versions
    ADD CONSTRAINT standards_versions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.suspension_reviews
    ADD CONSTRAINT suspension_reviews_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.urgent_starts
    ADD CONSTRAINT urgent_starts_pkey PRIMARY KEY (placement_id);

ALTER TABLE ONLY public.walk_back_matches
    ADD CONSTRAINT walk_back_matches_listing_id_other_provider_id_key UNIQUE (listing_id, other_provider_id);

ALTER TABLE ONLY public.walk_back_matches
    ADD CONSTRAINT walk_back_matches_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.withheld_replies
    ADD CONSTRAINT withheld_replies_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.withheld_replies
    ADD CONSTRAINT withheld_replies_reply_id_key UNIQUE (reply_id);

CREATE INDEX assessment_decisions_decided_by_idx ON public.assessment_decisions USING btree (decided_by);

CREATE INDEX assessment_decisions_option_id_idx ON public.assessment_decisions USING btree (option_id);

CREATE INDEX assessment_options_assessment_id_id_idx ON public.assessment_options USING btree (assessment_id, id);

CREATE UNIQUE INDEX assessment_options_chosen_key ON public.assessment_options USING btree (assessment_id) WHERE (standing = 'chosen'::text);

CREATE INDEX assessment_options_site_id_idx ON public.assessment_options USING btree (site_id);

CREATE INDEX assessment_steps_assessment_id_step_id_idx ON public.assessment_steps USING btree (assessment_id, step, id);

CREATE INDEX assessment_steps_written_by_idx ON public.assessment_steps USING btree (written_by);

CREATE INDEX assessment_tests_assessment_id_idx ON public.assessment_tests USING btree (assessment_id);

CREATE INDEX assessment_tests_commissioner_id_asked_at_idx ON public.assessment_tests USING btree (commissioner_id, asked_at);

CREATE INDEX assessment_tests_site_id_idx ON public.assessment_tests USING btree (site_id);

CREATE INDEX assessments_child_id_idx ON public.assessments USING btree (child_id);

CREATE INDEX assessments_commissioner_id_id_idx ON public.assessments USING btree (commissioner_id, id);

CREATE INDEX assessments_requested_by_idx ON public.assessments USING btree (requested_by);

CREATE INDEX attendance_alerts_answered_by_idx ON public.attendance_alerts USING btree (answered_by);

CREATE INDEX attendance_alerts_open_idx ON public.attendance_alerts USING btree (id) WHERE (answered_at IS NULL);

CREATE INDEX attendance_closures_commissioner_id_until_idx ON public.attendance_closures USING btree (commissioner_id, until);

CREATE INDEX attendance_closures_organisation_id_idx ON public.attendance_closures USING btree (organisation_id);

CREATE INDEX attendance_closures_placement_id_until_idx ON public.attendance_closures USING btree (placement_id, until);

CREATE INDEX attendance_closures_site_id_until_idx ON public.attendance_closures USING btree (site_id, until);

CREATE INDEX attendance_codes_session_idx ON public.attendance_codes USING btree (placement_id, day, half, id);

CREATE INDEX attendance_contacts_person_id_idx ON public.attendance_contacts USING btree (person_id);

CREATE INDEX attendance_contacts_placement_id_idx ON public.attendance_contacts USING btree (placement_id, id);

CREATE INDEX attendance_declarations_declared_by_idx ON public.attendance_declarations USING btree (declared_by);

CREATE INDEX attendance_declarations_provider_id_idx ON public.attendance_declarations USING btree (provider_id, declared_on, id);

CREATE UNIQUE INDEX attendance_facts_reference_key ON public.attendance_facts USING btree (organisation_id, reference) WHERE (reference IS NOT NULL);

CREATE INDEX attendance_facts_session_idx ON public.attendance_facts USING btree (placement_id, day, starts, id);

CREATE INDEX audit_entries_organisation_idx ON public.audit_entries USING btree (organisation_id, recorded_at, id);

CREATE INDEX audit_entries_subject_idx ON public.audit_entries USING btree (subject_kind, subject_id);

CREATE INDEX audit_entries_subject_organisation_idx ON public.audit_entries USING btree (subject_organisation_id, recorded_at, id);

CREATE INDEX bank_references_given_by_idx ON public.bank_references USING btree (given_by);

CREATE INDEX bank_references_provider_id_idx ON public.bank_references USING btree (provider_id);

CREATE INDEX bank_references_reference_hash_idx ON public.bank_references USING btree (reference_hash);

CREATE INDEX child_circumstances_care_la_code_idx ON public.child_circumstances USING btree (care_la_code);

CREATE INDEX child_circumstances_home_la_code_idx ON public.child_circumstances USING btree (home_la_code);

CREATE INDEX child_circumstances_plan_la_code_idx ON public.child_circumstances USING btree (plan_la_code);

CREATE INDEX child_circumstances_school_id_idx ON public.child_circumstances USING btree (school_id);

CREATE INDEX child_links_likeness_hash_idx ON public.child_links USING btree (likeness_hash);

CREATE INDEX child_links_link_id_idx ON public.child_links USING btree (link_id);

CREATE INDEX child_links_upn_hash_idx ON public.child_links USING btree (upn_hash);

CREATE INDEX children_commissioner_id_id_idx ON public.children USING btree (commissioner_id, id);

CREATE INDEX claims_accepted_by_idx ON public.claims USING btree (accepted_by);

CREATE INDEX claims_invitation_id_idx ON public.claims USING btree (invitation_id);

CREATE INDEX claims_invited_by_idx ON public.claims USING btree (invited_by);

CREATE INDEX claims_invited_by_organisation_idx ON public.claims USING btree (invited_by_organisation);

CREATE UNIQUE INDEX claims_open_key ON public.claims USING btree (provider_id) WHERE ((accepted_at IS NULL) AND (withdrawn_at IS NULL));

CREATE INDEX claims_organisation_id_idx ON public.claims USING btree (organisation_id);

CREATE INDEX claims_provider_id_idx ON public.claims USING btree (provider_id);

CREATE INDEX commitments_child_link_period_idx ON public.commitments USING gist (child_link, period);

CREATE INDEX commitments_commissioner_id_idx ON public.commitments USING btree (commissioner_id);

CREATE INDEX commitments_placement_id_idx ON public.commitments USING btree (placement_id);

CREATE INDEX commitments_site_id_period_idx ON public.commitments USING gist (site_id, period);

CREATE INDEX concerns_closed_by_idx ON public.concerns USING btree (closed_by);

CREATE INDEX concerns_open_idx ON public.concerns USING btree (provider_id) WHERE (closed_at IS NULL);

CREATE INDEX concerns_organisation_id_idx ON public.concerns USING btree (organisation_id);

CREATE INDEX concerns_provider_id_idx ON public.concerns USING btree (provider_id, id);

CREATE INDEX concerns_raised_by_idx ON public.concerns USING btree (raised_by);

CREATE INDEX concerns_site_id_idx ON public.concerns USING btree (site_id);

CREATE INDEX criteria_crosswalk_to_criterion_id_idx ON public.criteria_crosswalk USING btree (to_criterion_id);

CREATE INDEX declared_interests_organisation_id_idx ON public.declared_interests USING btree (organisation_id);

CREATE INDEX declared_interests_person_id_provider_id_idx ON public.declared_interests USING btree (person_id, provider_id);

CREATE INDEX declared_interests_provider_id_idx ON public.declared_interests USING btree (provider_id);

CREATE INDEX document_shares_document_id_idx ON public.document_shares USING btree (document_id);

CREATE INDEX document_shares_granted_by_idx ON public.document_shares USING btree (granted_by);

CREATE INDEX document_shares_organisation_id_idx ON public.document_shares USING btree (organisation_id, provider_id) WHERE (revoked_at IS NULL);

CREATE INDEX document_shares_provider_id_idx ON public.document_shares USING btree (provider_id);

CREATE INDEX document_shares_revoked_by_idx ON public.document_shares USING btree (revoked_by);

CREATE INDEX documents_added_by_idx ON public.documents USING btree (added_by);

CREATE INDEX documents_current_until_idx ON public.documents USING btree (current_until);

CREATE INDEX documents_file_id_idx ON public.documents USING btree (file_id);

CREATE INDEX documents_provider_id_kind_idx ON public.documents USING btree (provider_id, kind, current_until);

CREATE INDEX documents_replaces_id_idx ON public.documents USING btree (replaces_id);

CREATE INDEX documents_site_id_idx ON public.documents USING btree (site_id);

CREATE INDEX duty_contacts_organisation_id_idx ON public.duty_contacts USING btree (organisation_id);

CREATE INDEX duty_contacts_placement_id_idx ON public.duty_contacts USING btree (placement_id, recorded_at);

CREATE INDEX duty_offers_answered_by_idx ON public.duty_offers USING btree (answered_by);

CREATE INDEX duty_offers_from_organisation_id_idx ON public.duty_offers USING btree (from_organisation_id);

CREATE INDEX duty_offers_offered_by_idx ON public.duty_offers USING btree (offered_by);

CREATE UNIQUE INDEX duty_offers_open_key ON public.duty_offers USING btree (placement_id, duty) WHERE (answer IS NULL);

CREATE INDEX duty_offers_placement_id_idx ON public.duty_offers USING btree (placement_id, id);

CREATE INDEX duty_offers_to_organisation_id_idx ON public.duty_offers USING btree (to_organisation_id);

CREATE INDEX duty_periods_organisation_id_idx ON public.duty_periods USING btree (organisation_id);

CREATE INDEX duty_periods_placement_id_idx ON public.duty_periods USING btree (placement_id, duty, since);

CREATE INDEX emailed_links_invitation_id_idx ON public.emailed_links USING btree (invitation_id);

CREATE INDEX emailed_links_person_id_idx ON public.emailed_links USING btree (person_id);

CREATE INDEX erased_placement_areas_la_code_idx ON public.erased_placement_areas USING btree (la_code);

CREATE INDEX erasures_erased_by_idx ON public.erasures USING btree (erased_by);

CREATE INDEX files_organisation_idx ON public.files USING btree (organisation_id, received_at, id);

CREATE INDEX files_unscanned_idx ON public.files USING btree (id) WHERE (state = ANY (ARRAY['quarantined'::text, 'unscanned'::text]));

CREATE INDEX follow_up_handovers_asked_idx ON public.follow_up_handovers USING btree (to_la_code) WHERE (answer IS NULL);

CREATE INDEX follow_up_handovers_follow_up_id_idx ON public.follow_up_handovers USING btree (follow_up_id);

CREATE INDEX follow_up_handovers_from_la_code_idx ON public.follow_up_handovers USING btree (from_la_code);

CREATE UNIQUE INDEX follow_up_handovers_open_key ON public.follow_up_handovers USING btree (follow_up_id) WHERE (answer IS NULL);

CREATE INDEX follow_up_handovers_to_la_code_idx ON public.follow_up_handovers USING btree (to_la_code);

CREATE INDEX follow_up_spells_la_code_idx ON public.follow_up_spells USING btree (la_code);

CREATE INDEX follow_up_steps_follow_up_id_idx ON public.follow_up_steps USING btree (follow_up_id, id);

CREATE INDEX follow_up_steps_organisation_id_idx ON public.follow_up_steps USING btree (organisation_id);

CREATE INDEX follow_ups_care_la_code_idx ON public.follow_ups USING btree (care_la_code);

CREATE INDEX follow_ups_child_id_idx ON public.follow_ups USING btree (child_id);

CREATE INDEX follow_ups_commissioner_id_idx ON public.follow_ups USING btree (commissioner_id);

CREATE INDEX follow_ups_la_code_idx ON public.follow_ups USING btree (la_code);

CREATE INDEX follow_ups_open_commissioner_idx ON public.follow_ups USING btree (commissioner_id) WHERE (closed_on IS NULL);

CREATE INDEX follow_ups_open_idx ON public.follow_ups USING btree (next_step_by, id) WHERE (closed_on IS NULL);

CREATE INDEX follow_ups_open_la_idx ON public.follow_ups USING btree (la_code, next_step_by, id) WHERE (closed_on IS NULL);

CREATE INDEX follow_ups_open_school_idx ON public.follow_ups USING btree (school_id) WHERE (closed_on IS NULL);

CREATE INDEX follow_ups_school_id_idx ON public.follow_ups USING btree (school_id);

CREATE INDEX former_local_authority_successors_successor_la_code_idx ON public.former_local_authority_successors USING btree (successor_la_code);

CREATE INDEX full_time_findings_case_id_idx ON public.full_time_findings USING btree (case_id);

CREATE INDEX full_time_findings_child_link_idx ON public.full_time_findings USING btree (child_link);

CREATE INDEX full_time_findings_found_by_idx ON public.full_time_findings USING btree (found_by);

CREATE INDEX funding_arrangements_placement_id_idx ON public.funding_arrangements USING btree (placement_id);

CREATE INDEX funding_arrangements_unsigned_idx ON public.funding_arrangements USING btree (since) WHERE (agreed_at IS NULL);

CREATE INDEX funding_disputes_due_on_idx ON public.funding_disputes USING btree (due_on) WHERE (settled_at IS NULL);

CREATE UNIQUE INDEX funding_disputes_open_key ON public.funding_disputes USING btree (arrangement_id, payer) WHERE (settled_at IS NULL);

CREATE INDEX funding_disputes_opened_by_idx ON public.funding_disputes USING btree (opened_by);

CREATE INDEX funding_disputes_organisation_id_idx ON public.funding_disputes USING btree (organisation_id);

CREATE INDEX funding_disputes_settled_by_idx ON public.funding_disputes USING btree (settled_by);

CREATE INDEX funding_overrides_confirmed_by_idx ON public.funding_overrides USING btree (confirmed_by);

CREATE INDEX funding_overrides_proposed_by_idx ON public.funding_overrides USING btree (proposed_by);

CREATE INDEX funding_payers_organisation_id_idx ON public.funding_payers USING btree (organisation_id);

CREATE INDEX funding_recoveries_from_organisation_id_idx ON public.funding_recoveries USING btree (from_organisation_id);

CREATE INDEX funding_signatures_signed_by_idx ON public.funding_signatures USING btree (signed_by);

CREATE INDEX funding_terms_law_organisation_id_idx ON public.funding_terms USING btree (law_organisation_id);

CREATE INDEX idempotency_keys_made_at_idx ON public.idempotency_keys USING btree (made_at);

CREATE INDEX import_runs_kind_recorded_at_idx ON public.import_runs USING btree (kind, recorded_at);

CREATE INDEX inspection_actions_document_id_idx ON public.inspection_actions USING btree (document_id);

CREATE INDEX inspection_actions_given_by_idx ON public.inspection_actions USING btree (given_by);

CREATE INDEX inspection_actions_inspection_id_idx ON public.inspection_actions USING btree (inspection_id);

CREATE INDEX inspection_actions_provider_id_idx ON public.inspection_actions USING btree (provider_id);

CREATE INDEX inspection_actions_verified_by_idx ON public.inspection_actions USING btree (verified_by);

CREATE INDEX inspection_amendments_appeal_id_idx ON public.inspection_amendments USING btree (appeal_id);

CREATE INDEX inspection_amendments_decided_by_idx ON public.inspection_amendments USING btree (decided_by);

CREATE INDEX inspection_amendments_inspection_id_idx ON public.inspection_amendments USING btree (inspection_id, id);

CREATE UNIQUE INDEX inspection_amendments_open_key ON public.inspection_amendments USING btree (inspection_id, kind) WHERE (state = 'proposed'::text);

CREATE INDEX inspection_amendments_organisation_id_idx ON public.inspection_amendments USING btree (organisation_id);

CREATE INDEX inspection_amendments_proposed_by_idx ON public.inspection_amendments USING btree (proposed_by);

CREATE INDEX inspection_appeals_appealed_by_idx ON public.inspection_appeals USING btree (appealed_by);

CREATE INDEX inspection_appeals_decided_by_idx ON public.inspection_appeals USING btree (decided_by);

CREATE INDEX inspection_appeals_decided_for_idx ON public.inspection_appeals USING btree (decided_for);

CREATE UNIQUE INDEX inspection_appeals_of_version_key ON public.inspection_appeals USING btree (inspection_id, of_version) WHERE (state <> 'withdrawn'::text);

CREATE INDEX inspection_appeals_open_idx ON public.inspection_appeals USING btree (due_on, id) WHERE (state = 'open'::text);

CREATE INDEX inspection_appeals_provider_id_idx ON public.inspection_appeals USING btree (provider_id);

CREATE INDEX inspection_checks_inspection_id_idx ON public.inspection_checks USING btree (inspection_id);

CREATE INDEX inspection_checks_organisation_id_idx ON public.inspection_checks USING btree (organisation_id);

CREATE INDEX inspection_checks_person_id_idx ON public.inspection_checks USING btree (person_id);

CREATE INDEX inspection_comments_answered_by_idx ON public.inspection_comments USING btree (answered_by);

CREATE INDEX inspection_comments_inspection_id_idx ON public.inspection_comments USING btree (inspection_id, id);

CREATE INDEX inspection_comments_judgement_id_idx ON public.inspection_comments USING btree (judgement_id);

CREATE UNIQUE INDEX inspection_comments_open_key ON public.inspection_comments USING btree (judgement_id) WHERE (answered_at IS NULL);

CREATE INDEX inspection_comments_said_by_idx ON public.inspection_comments USING btree (said_by);

CREATE INDEX inspection_files_inspection_id_idx ON public.inspection_files USING btree (inspection_id, file_id);

CREATE INDEX inspection_judgements_carried_from_id_idx ON public.inspection_judgements USING btree (carried_from_id);

CREATE INDEX inspection_judgements_criterion_id_idx ON public.inspection_judgements USING btree (criterion_id);

CREATE INDEX inspection_judgements_judged_by_idx ON public.inspection_judgements USING btree (judged_by);

CREATE INDEX inspection_judgements_site_id_idx ON public.inspection_judgements USING btree (site_id);

CREATE INDEX inspection_publications_provider_id_idx ON public.inspection_publications USING btree (provider_id);

CREATE INDEX inspection_replies_inspection_id_idx ON public.inspection_replies USING btree (inspection_id);

CREATE INDEX inspection_replies_provider_id_idx ON public.inspection_replies USING btree (provider_id);

CREATE INDEX inspection_replies_signed_by_idx ON public.inspection_replies USING btree (signed_by);

CREATE INDEX inspection_revisits_answered_by_idx ON public.inspection_revisits USING btree (answered_by);

CREATE INDEX inspection_revisits_asked_by_idx ON public.inspection_revisits USING btree (asked_by);

CREATE INDEX inspection_revisits_body_id_idx ON public.inspection_revisits USING btree (body_id);

CREATE UNIQUE INDEX inspection_revisits_open_key ON public.inspection_revisits USING btree (inspection_id) WHERE (state = ANY (ARRAY['open'::text, 'planned'::text]));

CREATE INDEX inspection_revisits_planned_id_idx ON public.inspection_revisits USING btree (planned_id);

CREATE INDEX inspection_revisits_provider_id_idx ON public.inspection_revisits USING btree (provider_id);

CREATE INDEX inspection_revisits_queue_idx ON public.inspection_revisits USING btree (asked_at, id) WHERE (state = 'open'::text);

CREATE INDEX inspection_sites_site_id_idx ON public.inspection_sites USING btree (site_id);

CREATE INDEX inspections_appeal_body_id_idx ON public.inspections USING btree (appeal_body_id);

CREATE INDEX inspections_body_id_idx ON public.inspections USING btree (body_id, planned_on, id);

CREATE INDEX inspections_check_body_id_idx ON public.inspections USING btree (check_body_id);

CREATE INDEX inspections_la_code_idx ON public.inspections USING btree (la_code, planned_on, id);

CREATE INDEX inspections_made_by_idx ON public.inspections USING btree (made_by);

CREATE INDEX inspections_open_idx ON public.inspections USING btree (planned_on, id) WHERE (NOT (state = ANY (ARRAY['published'::text, 'cancelled'::text])));

CREATE INDEX inspections_provider_id_idx ON public.inspections USING btree (provider_id);

CREATE INDEX inspections_standards_version_id_idx ON public.inspections USING btree (standards_version_id);

CREATE UNIQUE INDEX inspectors_lead_key ON public.inspectors USING btree (inspection_id) WHERE ((part = 'lead'::text) AND (left_at IS NULL));

CREATE INDEX inspectors_organisation_id_idx ON public.inspectors USING btree (organisation_id);

CREATE INDEX inspectors_person_id_idx ON public.inspectors USING btree (person_id);

CREATE INDEX institution_sites_grouped_by_idx ON public.institution_sites USING btree (grouped_by);

CREATE UNIQUE INDEX institution_sites_present_key ON public.institution_sites USING btree (site_id) WHERE (ended_at IS NULL);

CREATE INDEX institution_sites_provider_id_idx ON public.institution_sites USING btree (provider_id);

CREATE INDEX interim_payers_arrangement_id_idx ON public.interim_payers USING btree (arrangement_id);

CREATE INDEX interim_payers_organisation_id_idx ON public.interim_payers USING btree (organisation_id);

CREATE UNIQUE INDEX interim_payers_present_key ON public.interim_payers USING btree (arrangement_id) WHERE (until IS NULL);

CREATE INDEX interim_suspensions_listing_id_idx ON public.interim_suspensions USING btree (listing_id);

CREATE INDEX interim_suspensions_provider_id_idx ON public.interim_suspensions USING btree (provider_id);

CREATE INDEX interim_suspensions_review_due_on_idx ON public.interim_suspensions USING btree (review_due_on);

CREATE UNIQUE INDEX invitations_open_key ON public.invitations USING btree (organisation_id, email) WHERE ((accepted_at IS NULL) AND (withdrawn_at IS NULL));

CREATE INDEX jobs_dead_idx ON public.jobs USING btree (ended_at) WHERE (state = 'dead'::text);

CREATE INDEX jobs_done_idx ON public.jobs USING btree (ended_at) WHERE (state = 'done'::text);

CREATE INDEX jobs_waiting_idx ON public.jobs USING btree (run_after) WHERE (state = 'waiting'::text);

CREATE INDEX judgement_files_file_id_idx ON public.judgement_files USING btree (file_id);

CREATE INDEX ledger_bodies_tombstones_idx ON public.ledger_bodies USING btree (entry) WHERE (redacted_at IS NOT NULL);

CREATE INDEX ledger_entries_number_idx ON public.ledger_entries USING btree (number);

CREATE INDEX listing_moves_listing_id_idx ON public.listing_moves USING btree (listing_id, recorded_at, id);

CREATE INDEX listing_moves_organisation_id_idx ON public.listing_moves USING btree (organisation_id);

CREATE INDEX listing_moves_proposal_id_idx ON public.listing_moves USING btree (proposal_id);

CREATE INDEX listing_proposals_listing_id_idx ON public.listing_proposals USING btree (listing_id);

CREATE UNIQUE INDEX listing_proposals_open_key ON public.listing_proposals USING btree (listing_id) WHERE (outcome IS NULL);

CREATE INDEX listing_proposals_organisation_id_idx ON public.listing_proposals USING btree (organisation_id);

CREATE INDEX listing_proposals_proposed_by_idx ON public.listing_proposals USING btree (proposed_by);

CREATE INDEX listing_proposals_settled_by_idx ON public.listing_proposals USING btree (settled_by);

CREATE INDEX listing_questions_answered_by_idx ON public.listing_questions USING btree (answered_by);

CREATE INDEX listing_questions_asked_by_idx ON public.listing_questions USING btree (asked_by);

CREATE INDEX listing_questions_listing_id_idx ON public.listing_questions USING btree (listing_id);

CREATE UNIQUE INDEX listings_applying_key ON public.listings USING btree (site_id) WHERE (state = ANY (ARRAY['draft'::text, 'submitted'::text, 'in-assessment'::text]));

CREATE INDEX listings_la_code_state_idx ON public.listings USING btree (la_code, state, id);

CREATE INDEX listings_next_on_idx ON public.listings USING btree (next_on) WHERE (next_on IS NOT NULL);

CREATE UNIQUE INDEX listings_on_register_key ON public.listings USING btree (site_id) WHERE (state = ANY (ARRAY['listed'::text, 'listed-with-actions'::text, 'under-review'::text, 'suspended'::text]));

CREATE INDEX listings_provider_id_idx ON public.listings USING btree (provider_id);

CREATE INDEX listings_site_id_idx ON public.listings USING btree (site_id);

CREATE INDEX listings_standards_version_id_idx ON public.listings USING btree (standards_version_id);

CREATE INDEX machine_secrets_machine_id_idx ON public.machine_secrets USING btree (machine_id);

CREATE INDEX machines_organisation_id_idx ON public.machines USING btree (organisation_id);

CREATE INDEX match_questions_answered_by_idx ON public.match_questions USING btree (answered_by);

CREATE INDEX match_questions_open_idx ON public.match_questions USING btree (la_code) WHERE (answered_at IS NULL);

CREATE INDEX match_questions_other_child_id_idx ON public.match_questions USING btree (other_child_id);

CREATE UNIQUE INDEX memberships_live_key ON public.memberships USING btree (person_id, organisation_id) WHERE (ended_at IS NULL);

CREATE INDEX memberships_organisation_id_idx ON public.memberships USING btree (organisation_id);

CREATE INDEX merges_absorbed_id_idx ON public.merges USING btree (absorbed_id);

CREATE UNIQUE INDEX merges_absorbed_key ON public.merges USING btree (absorbed_id) WHERE (state = ANY (ARRAY['proposed'::text, 'merged'::text, 'undoing'::text]));

CREATE INDEX merges_kept_id_idx ON public.merges USING btree (kept_id);

CREATE INDEX merges_organisation_id_idx ON public.merges USING btree (organisation_id);

CREATE INDEX merges_proposed_by_idx ON public.merges USING btree (proposed_by);

CREATE INDEX merges_settled_by_idx ON public.merges USING btree (settled_by);

CREATE INDEX merges_undo_proposed_by_idx ON public.merges USING btree (undo_proposed_by);

CREATE INDEX merges_undo_settled_by_idx ON public.merges USING btree (undo_settled_by);

CREATE INDEX notice_sendings_notice_id_idx ON public.notice_sendings USING btree (notice_id, id);

CREATE INDEX notice_sendings_placement_id_idx ON public.notice_sendings USING btree (placement_id);

CREATE INDEX offers_site_id_idx ON public.offers USING btree (site_id);

CREATE INDEX organisation_identifiers_scheme_value_idx ON public.organisation_identifiers USING btree (scheme, value);

CREATE UNIQUE INDEX organisation_identifiers_unique_key ON public.organisation_identifiers USING btree (scheme, value) WHERE (scheme = ANY (ARRAY['urn'::text, 'gias-group-uid'::text, 'la-code'::text]));

CREATE UNIQUE INDEX organisations_authority_key ON public.organisations USING btree (la_code) WHERE (kind = 'local-authority'::text);

CREATE INDEX organisations_introduced_by_idx ON public.organisations USING btree (introduced_by);

CREATE INDEX organisations_kind_sort_name_idx ON public.organisations USING btree (kind, sort_name, id);

CREATE INDEX organisations_la_code_idx ON public.organisations USING btree (la_code);

CREATE INDEX organisations_parent_id_idx ON public.organisations USING btree (parent_id);

CREATE INDEX organisations_sort_name_idx ON public.organisations USING btree (sort_name, id);

CREATE INDEX passkeys_person_id_idx ON public.passkeys USING btree (person_id);

CREATE INDEX person_identities_person_id_idx ON public.person_identities USING btree (person_id);

CREATE INDEX placement_sessions_site_id_idx ON public.placement_sessions USING btree (site_id);

CREATE INDEX placements_assess_by_idx ON public.placements USING btree (assess_by, id) WHERE (ended_on IS NULL);

CREATE UNIQUE INDEX placements_assessment_id_key ON public.placements USING btree (assessment_id) WHERE (assessment_id IS NOT NULL);

CREATE INDEX placements_child_id_idx ON public.placements USING btree (child_id);

CREATE INDEX placements_commissioner_id_id_idx ON public.placements USING btree (commissioner_id, id);

CREATE INDEX placements_ended_idx ON public.placements USING btree (site_id, ended_on, id) WHERE (ended_on IS NOT NULL);

CREATE INDEX placements_ended_on_idx ON public.placements USING btree (ended_on, id) WHERE (ended_on IS NOT NULL);

CREATE INDEX placements_host_la_code_idx ON public.placements USING btree (host_la_code);

CREATE INDEX placements_live_idx ON public.placements USING btree (site_id) WHERE (ended_on IS NULL);

CREATE INDEX placements_open_until_idx ON public.placements USING btree (COALESCE(ended_on, 'infinity'::date));

CREATE INDEX placements_overrun_idx ON public.placements USING btree (planned_end_on, id) WHERE (ended_on IS NULL);

CREATE INDEX placements_site_id_starts_on_idx ON public.placements USING btree (site_id, starts_on);

CREATE INDEX postcode_districts_la_code_idx ON public.postcode_districts USING btree (la_code);

CREATE INDEX postcodes_la_code_idx ON public.postcodes USING btree (la_code);

CREATE INDEX provider_confirmations_person_id_idx ON public.provider_confirmations USING btree (person_id);

CREATE INDEX provider_confirmations_provider_id_idx ON public.provider_confirmations USING btree (provider_id, confirmed_on, id);

CREATE INDEX provider_consents_person_id_idx ON public.provider_consents USING btree (person_id);

CREATE INDEX provider_consents_provider_id_idx ON public.provider_consents USING btree (provider_id, recorded_at, id);

CREATE INDEX provider_contacts_kind_canonical_idx ON public.provider_contacts USING btree (kind, canonical);

CREATE INDEX provider_contacts_provider_id_idx ON public.provider_contacts USING btree (provider_id);

CREATE INDEX provider_identifiers_scheme_value_idx ON public.provider_identifiers USING btree (scheme, value);

CREATE INDEX provider_known_by_la_code_list_reference_idx ON public.provider_known_by USING btree (la_code, list_reference);

CREATE INDEX provider_known_by_provider_id_idx ON public.provider_known_by USING btree (provider_id);

CREATE INDEX provider_links_predecessor_id_idx ON public.provider_links USING btree (predecessor_id);

CREATE UNIQUE INDEX provider_links_present_key ON public.provider_links USING btree (predecessor_id, successor_id) WHERE (ended_at IS NULL);

CREATE INDEX provider_links_recorded_by_idx ON public.provider_links USING btree (recorded_by);

CREATE INDEX provider_links_successor_id_idx ON public.provider_links USING btree (successor_id);

CREATE INDEX provider_owners_claim_id_idx ON public.provider_owners USING btree (claim_id);

CREATE INDEX provider_owners_organisation_id_idx ON public.provider_owners USING btree (organisation_id);

CREATE UNIQUE INDEX provider_owners_present_key ON public.provider_owners USING btree (provider_id) WHERE (ended_at IS NULL);

CREATE INDEX provider_owners_provider_id_idx ON public.provider_owners USING btree (provider_id);

CREATE INDEX provider_people_provider_id_idx ON public.provider_people USING btree (provider_id);

CREATE INDEX provider_safeguarding_items_organisation_id_idx ON public.provider_safeguarding_items USING btree (organisation_id);

CREATE INDEX provider_status_changes_provider_id_idx ON public.provider_status_changes USING btree (provider_id);

CREATE INDEX provider_verifications_organisation_id_idx ON public.provider_verifications USING btree (organisation_id);

CREATE INDEX provider_verifications_person_id_idx ON public.provider_verifications USING btree (person_id);

CREATE INDEX provider_verifications_provider_id_idx ON public.provider_verifications USING btree (provider_id, subject_kind, id);

CREATE INDEX provider_verifications_subject_id_idx ON public.provider_verifications USING btree (subject_id);

CREATE INDEX providers_changes_on_idx ON public.providers USING btree (changes_on) WHERE (changes_on IS NOT NULL);

CREATE INDEX providers_merged_into_idx ON public.providers USING btree (merged_into);

CREATE INDEX providers_name_idx ON public.providers USING btree (name, id);

CREATE INDEX published_policies_drafted_by_idx ON public.published_policies USING btree (drafted_by);

CREATE INDEX published_policies_last_changed_by_idx ON public.published_policies USING btree (last_changed_by);

CREATE INDEX published_policies_published_by_idx ON public.published_policies USING btree (published_by);

CREATE INDEX received_results_decided_by_idx ON public.received_results USING btree (decided_by);

CREATE INDEX received_results_inspection_id_idx ON public.received_results USING btree (inspection_id);

CREATE INDEX received_results_provider_id_idx ON public.received_results USING btree (provider_id);

CREATE INDEX received_results_received_by_idx ON public.received_results USING btree (received_by);

CREATE INDEX received_results_received_by_machine_idx ON public.received_results USING btree (received_by_machine);

CREATE UNIQUE INDEX redactions_open_key ON public.redactions USING btree (provider_id, pointer) WHERE (state = 'proposed'::text);

CREATE INDEX redactions_organisation_id_idx ON public.redactions USING btree (organisation_id);

CREATE INDEX redactions_proposed_by_idx ON public.redactions USING btree (proposed_by);

CREATE INDEX redactions_provider_id_idx ON public.redactions USING btree (provider_id);

CREATE INDEX redactions_settled_by_idx ON public.redactions USING btree (settled_by);

CREATE INDEX register_documents_entry_idx ON public.register_documents USING btree (entry);

CREATE INDEX register_search_identifiers_idx ON public.register_search USING gin (identifiers);

CREATE INDEX register_search_sort_name_id_idx ON public.register_search USING btree (sort_name, id);

CREATE INDEX register_search_status_idx ON public.register_search USING btree (status);

CREATE INDEX register_search_words_idx ON public.register_search USING gin (words);

CREATE INDEX register_sites_la_code_sort_name_provider_id_reference_idx ON public.register_sites USING btree (la_code, sort_name, provider_id, reference);

CREATE INDEX register_sites_place_idx ON public.register_sites USING gist (place);

CREATE INDEX register_sites_tags_idx ON public.register_sites USING gin (tags);

CREATE INDEX register_words_entry_idx ON public.register_words USING btree (entry);

CREATE INDEX register_words_word_idx ON public.register_words USING gin (word public.gin_trgm_ops);

CREATE INDEX registration_cases_closed_by_idx ON public.registration_cases USING btree (closed_by);

CREATE UNIQUE INDEX registration_cases_open_key ON public.registration_cases USING btree (provider_id) WHERE (closed_at IS NULL);

CREATE INDEX registration_cases_provider_id_idx ON public.registration_cases USING btree (provider_id);

CREATE INDEX reliances_made_by_idx ON public.reliances USING btree (made_by);

CREATE INDEX reliances_organisation_id_idx ON public.reliances USING btree (organisation_id);

CREATE UNIQUE INDEX reliances_present_key ON public.reliances USING btree (inspection_id, organisation_id) WHERE (ended_on IS NULL);

CREATE INDEX reliances_until_idx ON public.reliances USING btree (until) WHERE (ended_on IS NULL);

CREATE INDEX review_contributions_placement_id_idx ON public.review_contributions USING btree (placement_id, id);

CREATE UNIQUE INDEX review_openings_open_key ON public.review_openings USING btree (placement_id, cause) WHERE (settled_on IS NULL);

CREATE INDEX review_openings_placement_id_idx ON public.review_openings USING btree (placement_id, id);

CREATE INDEX reviews_due_commissioner_idx ON public.reviews_due USING btree (commissioner_id, next_on, placement_id);

CREATE INDEX reviews_due_next_on_idx ON public.reviews_due USING btree (next_on, placement_id);

CREATE INDEX safeguarding_items_organisation_id_idx ON public.safeguarding_items USING btree (organisation_id);

CREATE INDEX safeguarding_statuses_commissioner_id_idx ON public.safeguarding_statuses USING btree (commissioner_id, placement_id);

CREATE INDEX safeguarding_statuses_swept_on_idx ON public.safeguarding_statuses USING btree (swept_on, placement_id);

CREATE INDEX safeguarding_statuses_unsettled_idx ON public.safeguarding_statuses USING btree (placement_id) WHERE (touched <> settled);

CREATE INDEX school_links_linked_urn_idx ON public.school_links USING btree (linked_urn);

CREATE INDEX schools_postcode_idx ON public.schools USING btree (postcode);

CREATE INDEX self_evaluation_answers_answered_by_idx ON public.self_evaluation_answers USING btree (answered_by);

CREATE INDEX self_evaluation_answers_criterion_id_idx ON public.self_evaluation_answers USING btree (criterion_id);

CREATE INDEX self_evaluation_evidence_document_id_idx ON public.self_evaluation_evidence USING btree (document_id);

CREATE INDEX self_evaluations_begun_by_idx ON public.self_evaluations USING btree (begun_by);

CREATE INDEX self_evaluations_carried_from_id_idx ON public.self_evaluations USING btree (carried_from_id);

CREATE INDEX self_evaluations_completed_by_idx ON public.self_evaluations USING btree (completed_by);

CREATE UNIQUE INDEX self_evaluations_open_key ON public.self_evaluations USING btree (site_id, version_id) WHERE (completed_at IS NULL);

CREATE INDEX self_evaluations_site_id_idx ON public.self_evaluations USING btree (site_id, version_id);

CREATE INDEX self_evaluations_version_id_idx ON public.self_evaluations USING btree (version_id);

CREATE INDEX sign_in_attempts_link_id_idx ON public.sign_in_attempts USING btree (link_id);

CREATE INDEX sign_in_attempts_session_id_idx ON public.sign_in_attempts USING btree (session_id);

CREATE INDEX sign_in_sessions_person_id_idx ON public.sign_in_sessions USING btree (person_id);

CREATE INDEX sign_in_steps_person_id_idx ON public.sign_in_steps USING btree (person_id);

CREATE INDEX sign_in_steps_session_id_idx ON public.sign_in_steps USING btree (session_id);

CREATE INDEX site_checks_commissioner_id_id_idx ON public.site_checks USING btree (commissioner_id, id);

CREATE INDEX site_checks_site_id_kind_idx ON public.site_checks USING btree (site_id, kind, usable_until);

CREATE INDEX site_outcomes_changes_on_idx ON public.site_outcomes USING btree (changes_on) WHERE (changes_on IS NOT NULL);

CREATE INDEX site_outcomes_publication_id_idx ON public.site_outcomes USING btree (publication_id);

CREATE INDEX sites_la_code_idx ON public.sites USING btree (la_code);

CREATE INDEX staff_checks_recorded_by_idx ON public.staff_checks USING btree (recorded_by);

CREATE INDEX staff_checks_staff_member_id_idx ON public.staff_checks USING btree (staff_member_id);

CREATE INDEX staff_members_provider_id_idx ON public.staff_members USING btree (provider_id);

CREATE INDEX standards_impacts_version_id_idx ON public.standards_impacts USING btree (version_id);

CREATE INDEX standards_versions_drafted_by_idx ON public.standards_versions USING btree (drafted_by);

CREATE INDEX standards_versions_last_changed_by_idx ON public.standards_versions USING btree (last_changed_by);

CREATE INDEX standards_versions_published_by_idx ON public.standards_versions USING btree (published_by);

CREATE INDEX suspension_reviews_organisation_id_idx ON public.suspension_reviews USING btree (organisation_id);

CREATE INDEX suspension_reviews_person_id_idx ON public.suspension_reviews USING btree (person_id);

CREATE INDEX suspension_reviews_suspension_id_idx ON public.suspension_reviews USING btree (suspension_id);

CREATE INDEX urgent_starts_recorded_by_idx ON public.urgent_starts USING btree (recorded_by);

CREATE INDEX walk_back_matches_judged_by_idx ON public.walk_back_matches USING btree (judged_by);

CREATE INDEX walk_back_matches_other_provider_id_idx ON public.walk_back_matches USING btree (other_provider_id);

CREATE INDEX withheld_replies_inspection_id_idx ON public.withheld_replies USING btree (inspection_id);

CREATE INDEX withheld_replies_organisation_id_idx ON public.withheld_replies USING btree (organisation_id);

CREATE INDEX withheld_replies_provider_id_idx ON public.withheld_replies USING btree (provider_id);

CREATE INDEX withheld_replies_withheld_by_idx ON public.withheld_replies USING btree (withheld_by);

CREATE TRIGGER answered BEFORE UPDATE ON public.inspections FOR EACH ROW EXECUTE FUNCTION public.refuse_unanswered_check();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.assessment_decisions FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.assessment_decisions ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.assessment_steps FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.assessment_steps ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.assessment_tests FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.assessment_tests ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.attendance_codes FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.attendance_contacts FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.attendance_facts FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_entries FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.audit_entries ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.duty_contacts FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.erased_placement_areas FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.erased_placement_areas ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.erasures FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.erasures ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.follow_up_spells FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.follow_up_spells ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.follow_up_steps FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.follow_up_steps ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.full_time_findings FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.full_time_findings ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.funding_budgets FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.funding_payers FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.funding_recoveries FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.funding_signatures FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.funding_terms FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.import_runs FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.inspection_checks FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.inspection_files FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.inspection_publications FOR EACH ROW EXECUTE FUNCTION public.refuse_change_except_redaction();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.ledger_bodies FOR EACH ROW EXECUTE FUNCTION public.refuse_change_except_tombstone();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.ledger_causes FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.ledger_entries FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.listing_moves FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.merge_moves FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.notice_sendings FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.notice_sendings ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.placement_notices FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.placement_notices ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.placement_reviews FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.placement_reviews ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.provider_confirmations FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.provider_consents FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.provider_safeguarding_items FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.provider_status_changes FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.provider_verifications FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.received_results FOR EACH ROW EXECUTE FUNCTION public.refuse_change_except_decision();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.review_contributions FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.review_contributions ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.safe_contacts FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.safe_contacts ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.safeguarding_items FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.staff_checks FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.suspension_reviews FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.urgent_starts FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER by_two BEFORE INSERT OR UPDATE ON public.inspection_publications FOR EACH ROW EXECUTE FUNCTION public.refuse_unamended_publication();

CREATE TRIGGER checked BEFORE UPDATE ON public.inspections FOR EACH ROW EXECUTE FUNCTION public.refuse_unchecked_publication();

CREATE TRIGGER completed_gains_nothing AFTER INSERT ON public.self_evaluation_answers FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_completed();

CREATE TRIGGER completed_gains_nothing AFTER INSERT ON public.self_evaluation_evidence FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_completed();

CREATE TRIGGER completed_stays BEFORE DELETE OR UPDATE ON public.self_evaluation_answers FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_completed();

CREATE TRIGGER completed_stays BEFORE DELETE OR UPDATE ON public.self_evaluation_evidence FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_completed();

CREATE TRIGGER completed_stays BEFORE DELETE OR UPDATE ON public.self_evaluations FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_completed();

CREATE CONSTRAINT TRIGGER days_covered AFTER INSERT OR DELETE OR UPDATE ON public.duty_periods DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse_uncovered_days();

CREATE CONSTRAINT TRIGGER days_covered AFTER INSERT ON public.placements DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((NULLIF(current_setting('app.organisation_id'::text, true), ''::text) IS NOT NULL)) EXECUTE FUNCTION public.refuse_uncovered_days();

CREATE TRIGGER explained BEFORE UPDATE ON public.listings FOR EACH ROW EXECUTE FUNCTION public.refuse_unexplained_state();

CREATE TRIGGER followed AFTER UPDATE OF provider_id ON public.sites FOR EACH ROW WHEN ((new.provider_id <> old.provider_id)) EXECUTE FUNCTION public.follow_site();

CREATE TRIGGER forward_only BEFORE DELETE OR UPDATE ON public.ledger_head FOR EACH ROW EXECUTE FUNCTION public.refuse_going_back();

CREATE TRIGGER grounded BEFORE INSERT ON public.inspection_amendments FOR EACH ROW EXECUTE FUNCTION public.refuse_groundless_amendment();

CREATE TRIGGER impartial BEFORE INSERT OR UPDATE ON public.inspection_amendments FOR EACH ROW EXECUTE FUNCTION public.refuse_partial_amendment();

CREATE TRIGGER impartial BEFORE INSERT OR UPDATE ON public.inspection_appeals FOR EACH ROW EXECUTE FUNCTION public.refuse_partial_appeal();

CREATE TRIGGER impartial BEFORE INSERT ON public.inspection_checks FOR EACH ROW EXECUTE FUNCTION public.refuse_partial_check();

CREATE TRIGGER in_time BEFORE INSERT OR UPDATE ON public.inspection_comments FOR EACH ROW EXECUTE FUNCTION public.refuse_late_comment();

CREATE TRIGGER in_time BEFORE INSERT OR UPDATE ON public.inspection_judgements FOR EACH ROW EXECUTE FUNCTION public.refuse_late_judgement();

CREATE TRIGGER keeps_an_administrator BEFORE UPDATE OF roles, ended_at ON public.memberships FOR EACH ROW EXECUTE FUNCTION public.refuse_leaving_nobody();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.assessment_decisions FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.assessment_decisions ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.assessment_steps FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.assessment_steps ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.assessment_tests FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.assessment_tests ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.audit_entries ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.criteria FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.criteria ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.criteria_crosswalk FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.criteria_crosswalk ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.erased_placement_areas FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.erased_placement_areas ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.erasures FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.erasures ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.files FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.files ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.follow_up_spells FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.follow_up_spells ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.follow_up_steps FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.follow_up_steps ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.full_time_findings FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.full_time_findings ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.import_runs FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.inspection_checks FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.inspection_files FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.inspection_publications FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.ledger_bodies FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.ledger_causes FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.ledger_head FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.listing_moves FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.merge_moves FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.notice_sendings FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.notice_sendings ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.placement_notices FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.placement_notices ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.placement_reviews FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.placement_reviews ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.provider_confirmations FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.provider_consents FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.provider_status_changes FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.provider_verifications FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.published_policies FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.published_policies ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.received_results FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.redactions FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.review_contributions FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.review_contributions ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.safe_contacts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.safe_contacts ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.self_evaluation_answers FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.self_evaluation_evidence FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.self_evaluations FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.staff_checks FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.standards_versions FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE public.standards_versions ENABLE ALWAYS TRIGGER never_emptied;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.suspension_reviews FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER not_to_merged BEFORE INSERT ON public.bank_references FOR EACH ROW EXECUTE FUNCTION public.refuse_adding_to_merged();

CREATE TRIGGER not_to_merged BEFORE INSERT ON public.claims FOR EACH ROW EXECUTE FUNCTION public.refuse_adding_to_merged();

CREATE TRIGGER not_to_merged BEFORE INSERT ON public.document_shares FOR EACH ROW EXECUTE FUNCTION public.refuse_adding_to_merged();

CREATE TRIGGER not_to_merged BEFORE INSERT ON public.documents FOR EACH ROW EXECUTE FUNCTION public.refuse_adding_to_merged();

CREATE TRIGGER not_to_merged BEFORE INSERT ON public.listings FOR EACH ROW EXECUTE FUNCTION public.refuse_adding_to_merged();

CREATE TRIGGER not_to_merged BEFORE INSERT ON public.provider_contacts FOR EACH ROW EXECUTE FUNCTION public.refuse_adding_to_merged();

CREATE TRIGGER not_to_merged BEFORE INSERT ON public.provider_identifiers FOR EACH ROW EXECUTE FUNCTION public.refuse_adding_to_merged();

CREATE TRIGGER not_to_merged BEFORE INSERT ON public.provider_known_by FOR EACH ROW EXECUTE FUNCTION public.refuse_adding_to_merged();

CREATE TRIGGER not_to_merged BEFORE INSERT ON public.provider_names FOR EACH ROW EXECUTE FUNCTION public.refuse_adding_to_merged();

CREATE TRIGGER not_to_merged BEFORE INSERT ON public.provider_owners FOR EACH ROW EXECUTE FUNCTION public.refuse_adding_to_merged();

CREATE TRIGGER not_to_merged BEFORE INSERT ON public.provider_people FOR EACH ROW EXECUTE FUNCTION public.refuse_adding_to_merged();

CREATE TRIGGER not_to_merged BEFORE INSERT ON public.sites FOR EACH ROW EXECUTE FUNCTION public.refuse_adding_to_merged();

CREATE TRIGGER not_to_merged BEFORE INSERT ON public.staff_members FOR EACH ROW EXECUTE FUNCTION public.refuse_adding_to_merged();

CREATE TRIGGER of_what_is_published BEFORE INSERT ON public.inspection_actions FOR EACH ROW EXECUTE FUNCTION public.refuse_misplaced_answer();

CREATE TRIGGER of_what_is_published BEFORE INSERT ON public.inspection_replies FOR EACH ROW EXECUTE FUNCTION public.refuse_misplaced_answer();

CREATE TRIGGER placed BEFORE INSERT OR DELETE OR UPDATE ON public.withheld_replies FOR EACH ROW EXECUTE FUNCTION public.refuse_misplaced_withholding();

CREATE TRIGGER proposed BEFORE INSERT ON public.listing_moves FOR EACH ROW EXECUTE FUNCTION public.refuse_unproposed_move();

CREATE TRIGGER published_stays BEFORE INSERT OR DELETE OR UPDATE ON public.criteria FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_published_criteria();

ALTER TABLE public.criteria ENABLE ALWAYS TRIGGER published_stays;

CREATE TRIGGER published_stays BEFORE INSERT OR DELETE OR UPDATE ON public.criteria_crosswalk FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_published_crosswalk();

ALTER TABLE public.criteria_crosswalk ENABLE ALWAYS TRIGGER published_stays;

CREATE TRIGGER published_stays BEFORE DELETE OR UPDATE ON public.published_policies FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_published();

ALTER TABLE public.published_policies ENABLE ALWAYS TRIGGER published_stays;

CREATE TRIGGER published_stays BEFORE DELETE OR UPDATE ON public.standards_versions FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_published();

ALTER TABLE public.standards_versions ENABLE ALWAYS TRIGGER published_stays;

CREATE TRIGGER safeguarding_touched AFTER INSERT OR UPDATE ON public.attendance_closures FOR EACH ROW EXECUTE FUNCTION public.touch_by_closure();

CREATE TRIGGER safeguarding_touched AFTER INSERT ON public.attendance_facts REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.touch_by_facts();

CREATE TRIGGER safeguarding_touched AFTER INSERT OR UPDATE ON public.child_circumstances FOR EACH ROW EXECUTE FUNCTION public.touch_by_child();

CREATE TRIGGER safeguarding_touched AFTER INSERT OR UPDATE ON public.concerns FOR EACH ROW EXECUTE FUNCTION public.touch_by_provider();

CREATE TRIGGER safeguarding_touched AFTER INSERT ON public.duty_contacts FOR EACH ROW EXECUTE FUNCTION public.touch_by_placement();

CREATE TRIGGER safeguarding_touched AFTER INSERT OR UPDATE ON public.duty_periods FOR EACH ROW EXECUTE FUNCTION public.touch_by_placement();

CREATE TRIGGER safeguarding_touched AFTER INSERT OR UPDATE ON public.funding_arrangements FOR EACH ROW EXECUTE FUNCTION public.touch_by_placement();

CREATE TRIGGER safeguarding_touched AFTER UPDATE OF state ON public.listings FOR EACH ROW EXECUTE FUNCTION public.touch_by_provider();

CREATE TRIGGER safeguarding_touched AFTER INSERT ON public.notice_sendings FOR EACH ROW EXECUTE FUNCTION public.touch_by_placement();

CREATE TRIGGER safeguarding_touched AFTER INSERT ON public.placement_notices FOR EACH ROW EXECUTE FUNCTION public.touch_by_placement();

CREATE TRIGGER safeguarding_touched AFTER INSERT ON public.placement_timetables FOR EACH ROW EXECUTE FUNCTION public.touch_by_placement();

CREATE TRIGGER safeguarding_touched AFTER INSERT OR UPDATE ON public.placements FOR EACH ROW EXECUTE FUNCTION public.keep_safeguarding_status();

CREATE TRIGGER safeguarding_touched AFTER INSERT OR UPDATE ON public.review_openings FOR EACH ROW EXECUTE FUNCTION public.touch_by_placement();

CREATE TRIGGER safeguarding_touched AFTER INSERT OR UPDATE ON public.reviews_due FOR EACH ROW EXECUTE FUNCTION public.touch_by_placement();

CREATE TRIGGER safeguarding_touched AFTER INSERT ON public.safe_contacts FOR EACH ROW EXECUTE FUNCTION public.touch_by_child();

CREATE TRIGGER safeguarding_touched AFTER INSERT ON public.safeguarding_items FOR EACH ROW EXECUTE FUNCTION public.touch_by_placement();

CREATE TRIGGER safeguarding_touched AFTER INSERT OR UPDATE ON public.school_calendars FOR EACH ROW EXECUTE FUNCTION public.touch_by_calendar();

CREATE TRIGGER safeguarding_touched AFTER INSERT OR UPDATE ON public.site_checks FOR EACH ROW EXECUTE FUNCTION public.touch_by_site();

CREATE TRIGGER safeguarding_touched AFTER UPDATE OF version, provider_id ON public.sites FOR EACH ROW EXECUTE FUNCTION public.touch_by_site();

CREATE TRIGGER safeguarding_touched AFTER INSERT ON public.urgent_starts FOR EACH ROW EXECUTE FUNCTION public.touch_by_placement();

CREATE TRIGGER settled_once BEFORE DELETE OR UPDATE ON public.redactions FOR EACH ROW EXECUTE FUNCTION public.refuse_settling_twice();

CREATE CONSTRAINT TRIGGER shares_whole AFTER INSERT ON public.funding_payers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse_partial_shares();

CREATE CONSTRAINT TRIGGER shares_whole AFTER INSERT ON public.funding_terms DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse_partial_shares();

CREATE CONSTRAINT TRIGGER something_follows AFTER UPDATE ON public.published_policies DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse_days_without();

ALTER TABLE public.published_policies ENABLE ALWAYS TRIGGER something_follows;

CREATE CONSTRAINT TRIGGER something_follows AFTER UPDATE ON public.standards_versions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse_days_without();

ALTER TABLE public.standards_versions ENABLE ALWAYS TRIGGER something_follows;

CREATE TRIGGER stamped BEFORE INSERT ON public.audit_entries FOR EACH ROW EXECUTE FUNCTION public.stamp_recorded_at();

CREATE TRIGGER stays_as_signed BEFORE DELETE OR UPDATE ON public.inspection_replies FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_reply();

CREATE CONSTRAINT TRIGGER taken_out_by_two AFTER UPDATE ON public.ledger_bodies DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.redacted_at IS NOT NULL)) EXECUTE FUNCTION public.require_redaction();

CREATE TRIGGER terms_are_the_commissioners BEFORE UPDATE ON public.funding_arrangements FOR EACH ROW EXECUTE FUNCTION public.refuse_change_by_payer();

CREATE TRIGGER untied BEFORE INSERT OR UPDATE ON public.inspectors FOR EACH ROW EXECUTE FUNCTION public.refuse_tied_inspector();

CREATE TRIGGER verified_by_inspectors BEFORE UPDATE ON public.inspection_actions FOR EACH ROW EXECUTE FUNCTION public.refuse_own_verification();

CREATE TRIGGER write_once BEFORE DELETE OR UPDATE ON public.files FOR EACH ROW EXECUTE FUNCTION public.refuse_change_except_scan();

ALTER TABLE public.files ENABLE ALWAYS TRIGGER write_once;

ALTER TABLE ONLY public.assessment_decisions
    ADD CONSTRAINT assessment_decisions_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES public.assessments(id);

ALTER TABLE ONLY public.assessment_decisions
    ADD CONSTRAINT assessment_decisions_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.assessment_decisions
    ADD CONSTRAINT assessment_decisions_option_id_fkey FOREIGN KEY (option_id) REFERENCES public.assessment_options(id);

ALTER TABLE ONLY public.assessment_options
    ADD CONSTRAINT assessment_options_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES public.assessments(id);

ALTER TABLE ONLY public.assessment_options
    ADD CONSTRAINT assessment_options_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.assessment_steps
    ADD CONSTRAINT assessment_steps_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES public.assessments(id);

ALTER TABLE ONLY public.assessment_steps
    ADD CONSTRAINT assessment_steps_written_by_fkey FOREIGN KEY (written_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.assessment_tests
    ADD CONSTRAINT assessment_tests_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES public.assessments(id);

ALTER TABLE ONLY public.assessment_tests
    ADD CONSTRAINT assessment_tests_commissioner_id_fkey FOREIGN KEY (commissioner_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.assessment_tests
    ADD CONSTRAINT assessment_tests_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessments_child_id_fkey FOREIGN KEY (child_id) REFERENCES public.children(id);

ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessments_commissioner_id_fkey FOREIGN KEY (commissioner_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessments_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.attendance_alerts
    ADD CONSTRAINT attendance_alerts_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.attendance_alerts
    ADD CONSTRAINT attendance_alerts_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.attendance_closures
    ADD CONSTRAINT attendance_closures_commissioner_id_fkey FOREIGN KEY (commissioner_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.attendance_closures
    ADD CONSTRAINT attendance_closures_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.attendance_closures
    ADD CONSTRAINT attendance_closures_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.attendance_closures
    ADD CONSTRAINT attendance_closures_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.attendance_codes
    ADD CONSTRAINT attendance_codes_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.attendance_contacts
    ADD CONSTRAINT attendance_contacts_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.attendance_contacts
    ADD CONSTRAINT attendance_contacts_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.attendance_declarations
    ADD CONSTRAINT attendance_declarations_declared_by_fkey FOREIGN KEY (declared_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.attendance_declarations
    ADD CONSTRAINT attendance_declarations_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.attendance_facts
    ADD CONSTRAINT attendance_facts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.attendance_facts
    ADD CONSTRAINT attendance_facts_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.authenticators
    ADD CONSTRAINT authenticators_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.bank_references
    ADD CONSTRAINT bank_references_given_by_fkey FOREIGN KEY (given_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.bank_references
    ADD CONSTRAINT bank_references_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.child_circumstances
    ADD CONSTRAINT child_circumstances_care_la_code_fkey FOREIGN KEY (care_la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.child_circumstances
    ADD CONSTRAINT child_circumstances_child_id_fkey FOREIGN KEY (child_id) REFERENCES public.children(id);

ALTER TABLE ONLY public.child_circumstances
    ADD CONSTRAINT child_circumstances_home_la_code_fkey FOREIGN KEY (home_la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.child_circumstances
    ADD CONSTRAINT child_circumstances_plan_la_code_fkey FOREIGN KEY (plan_la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.child_circumstances
    ADD CONSTRAINT child_circumstances_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.child_links
    ADD CONSTRAINT child_links_child_id_fkey FOREIGN KEY (child_id) REFERENCES public.children(id);

ALTER TABLE ONLY public.child_particulars
    ADD CONSTRAINT child_particulars_child_id_fkey FOREIGN KEY (child_id) REFERENCES public.children(id);

ALTER TABLE ONLY public.children
    ADD CONSTRAINT children_commissioner_id_fkey FOREIGN KEY (commissioner_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_invitation_id_fkey FOREIGN KEY (invitation_id) REFERENCES public.invitations(id);

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_invited_by_organisation_fkey FOREIGN KEY (invited_by_organisation) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.commitments
    ADD CONSTRAINT commitments_commissioner_id_fkey FOREIGN KEY (commissioner_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.commitments
    ADD CONSTRAINT commitments_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.concerns
    ADD CONSTRAINT concerns_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.concerns
    ADD CONSTRAINT concerns_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.concerns
    ADD CONSTRAINT concerns_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.concerns
    ADD CONSTRAINT concerns_raised_by_fkey FOREIGN KEY (raised_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.concerns
    ADD CONSTRAINT concerns_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.criteria_crosswalk
    ADD CONSTRAINT criteria_crosswalk_from_criterion_id_fkey FOREIGN KEY (from_criterion_id) REFERENCES public.criteria(id);

ALTER TABLE ONLY public.criteria_crosswalk
    ADD CONSTRAINT criteria_crosswalk_to_criterion_id_fkey FOREIGN KEY (to_criterion_id) REFERENCES public.criteria(id);

ALTER TABLE ONLY public.criteria
    ADD CONSTRAINT criteria_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.standards_versions(id);

ALTER TABLE ONLY public.declared_bands
    ADD CONSTRAINT declared_bands_declaration_id_fkey FOREIGN KEY (declaration_id) REFERENCES public.attendance_declarations(id);

ALTER TABLE ONLY public.declared_interests
    ADD CONSTRAINT declared_interests_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.declared_interests
    ADD CONSTRAINT declared_interests_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.declared_interests
    ADD CONSTRAINT declared_interests_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.document_shares
    ADD CONSTRAINT document_shares_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.documents(id);

ALTER TABLE ONLY public.document_shares
    ADD CONSTRAINT document_shares_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.document_shares
    ADD CONSTRAINT document_shares_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.document_shares
    ADD CONSTRAINT document_shares_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.document_shares
    ADD CONSTRAINT document_shares_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.files(id);

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_replaces_id_fkey FOREIGN KEY (replaces_id) REFERENCES public.documents(id);

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.duty_contacts
    ADD CONSTRAINT duty_contacts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.duty_contacts
    ADD CONSTRAINT duty_contacts_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.duty_offers
    ADD CONSTRAINT duty_offers_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.duty_offers
    ADD CONSTRAINT duty_offers_from_organisation_id_fkey FOREIGN KEY (from_organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.duty_offers
    ADD CONSTRAINT duty_offers_offered_by_fkey FOREIGN KEY (offered_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.duty_offers
    ADD CONSTRAINT duty_offers_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.duty_offers
    ADD CONSTRAINT duty_offers_to_organisation_id_fkey FOREIGN KEY (to_organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.duty_periods
    ADD CONSTRAINT duty_periods_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.duty_periods
    ADD CONSTRAINT duty_periods_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.emailed_links
    ADD CONSTRAINT emailed_links_invitation_id_fkey FOREIGN KEY (invitation_id) REFERENCES public.invitations(id);

ALTER TABLE ONLY public.emailed_links
    ADD CONSTRAINT emailed_links_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.erased_placement_areas
    ADD CONSTRAINT erased_placement_areas_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.erased_placement_areas
    ADD CONSTRAINT erased_placement_areas_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_child_id_fkey FOREIGN KEY (child_id) REFERENCES public.children(id);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_erased_by_fkey FOREIGN KEY (erased_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_received_by_fkey FOREIGN KEY (received_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_received_by_machine_fkey FOREIGN KEY (received_by_machine) REFERENCES public.machines(id);

ALTER TABLE ONLY public.follow_up_handovers
    ADD CONSTRAINT follow_up_handovers_follow_up_id_fkey FOREIGN KEY (follow_up_id) REFERENCES public.follow_ups(id);

ALTER TABLE ONLY public.follow_up_handovers
    ADD CONSTRAINT follow_up_handovers_from_la_code_fkey FOREIGN KEY (from_la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.follow_up_handovers
    ADD CONSTRAINT follow_up_handovers_to_la_code_fkey FOREIGN KEY (to_la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.follow_up_spells
    ADD CONSTRAINT follow_up_spells_follow_up_id_fkey FOREIGN KEY (follow_up_id) REFERENCES public.follow_ups(id);

ALTER TABLE ONLY public.follow_up_spells
    ADD CONSTRAINT follow_up_spells_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.follow_up_steps
    ADD CONSTRAINT follow_up_steps_follow_up_id_fkey FOREIGN KEY (follow_up_id) REFERENCES public.follow_ups(id);

ALTER TABLE ONLY public.follow_up_steps
    ADD CONSTRAINT follow_up_steps_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.follow_ups
    ADD CONSTRAINT follow_ups_care_la_code_fkey FOREIGN KEY (care_la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.follow_ups
    ADD CONSTRAINT follow_ups_child_id_fkey FOREIGN KEY (child_id) REFERENCES public.children(id);

ALTER TABLE ONLY public.follow_ups
    ADD CONSTRAINT follow_ups_commissioner_id_fkey FOREIGN KEY (commissioner_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.follow_ups
    ADD CONSTRAINT follow_ups_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.follow_ups
    ADD CONSTRAINT follow_ups_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.follow_ups
    ADD CONSTRAINT follow_ups_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.former_local_authority_successors
    ADD CONSTRAINT former_local_authority_successors_former_gss_code_fkey FOREIGN KEY (former_gss_code) REFERENCES public.former_local_authorities(gss_code);

ALTER TABLE ONLY public.former_local_authority_successors
    ADD CONSTRAINT former_local_authority_successors_successor_la_code_fkey FOREIGN KEY (successor_la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.full_time_findings
    ADD CONSTRAINT full_time_findings_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.registration_cases(id);

ALTER TABLE ONLY public.full_time_findings
    ADD CONSTRAINT full_time_findings_found_by_fkey FOREIGN KEY (found_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.funding_arrangements
    ADD CONSTRAINT funding_arrangements_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.funding_budgets
    ADD CONSTRAINT funding_budgets_arrangement_id_terms_number_payer_number_fkey FOREIGN KEY (arrangement_id, terms_number, payer_number) REFERENCES public.funding_payers(arrangement_id, terms_number, number);

ALTER TABLE ONLY public.funding_disputes
    ADD CONSTRAINT funding_disputes_arrangement_id_fkey FOREIGN KEY (arrangement_id) REFERENCES public.funding_arrangements(id);

ALTER TABLE ONLY public.funding_disputes
    ADD CONSTRAINT funding_disputes_arrangement_id_terms_number_payer_number_fkey FOREIGN KEY (arrangement_id, terms_number, payer_number) REFERENCES public.funding_payers(arrangement_id, terms_number, number);

ALTER TABLE ONLY public.funding_disputes
    ADD CONSTRAINT funding_disputes_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.funding_disputes
    ADD CONSTRAINT funding_disputes_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.funding_disputes
    ADD CONSTRAINT funding_disputes_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.funding_overrides
    ADD CONSTRAINT funding_overrides_arrangement_id_terms_number_fkey FOREIGN KEY (arrangement_id, terms_number) REFERENCES public.funding_terms(arrangement_id, number);

ALTER TABLE ONLY public.funding_overrides
    ADD CONSTRAINT funding_overrides_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.funding_overrides
    ADD CONSTRAINT funding_overrides_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.funding_payers
    ADD CONSTRAINT funding_payers_arrangement_id_terms_number_fkey FOREIGN KEY (arrangement_id, terms_number) REFERENCES public.funding_terms(arrangement_id, number);

ALTER TABLE ONLY public.funding_payers
    ADD CONSTRAINT funding_payers_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.funding_recoveries
    ADD CONSTRAINT funding_recoveries_arrangement_id_terms_number_fkey FOREIGN KEY (arrangement_id, terms_number) REFERENCES public.funding_terms(arrangement_id, number);

ALTER TABLE ONLY public.funding_recoveries
    ADD CONSTRAINT funding_recoveries_from_organisation_id_fkey FOREIGN KEY (from_organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.funding_signatures
    ADD CONSTRAINT funding_signatures_arrangement_id_terms_number_payer_nu_4ef0 FOREIGN KEY (arrangement_id, terms_number, payer_number) REFERENCES public.funding_payers(arrangement_id, terms_number, number);

ALTER TABLE ONLY public.funding_signatures
    ADD CONSTRAINT funding_signatures_signed_by_fkey FOREIGN KEY (signed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.funding_terms
    ADD CONSTRAINT funding_terms_arrangement_id_fkey FOREIGN KEY (arrangement_id) REFERENCES public.funding_arrangements(id);

ALTER TABLE ONLY public.funding_terms
    ADD CONSTRAINT funding_terms_law_organisation_id_fkey FOREIGN KEY (law_organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.inspection_actions
    ADD CONSTRAINT inspection_actions_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.documents(id);

ALTER TABLE ONLY public.inspection_actions
    ADD CONSTRAINT inspection_actions_given_by_fkey FOREIGN KEY (given_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.inspection_actions
    ADD CONSTRAINT inspection_actions_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.inspection_actions
    ADD CONSTRAINT inspection_actions_judgement_id_fkey FOREIGN KEY (judgement_id) REFERENCES public.inspection_judgements(id);

ALTER TABLE ONLY public.inspection_actions
    ADD CONSTRAINT inspection_actions_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.inspection_actions
    ADD CONSTRAINT inspection_actions_verified_by_fkey FOREIGN KEY (verified_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.inspection_amendments
    ADD CONSTRAINT inspection_amendments_appeal_id_fkey FOREIGN KEY (appeal_id) REFERENCES public.inspection_appeals(id);

ALTER TABLE ONLY public.inspection_amendments
    ADD CONSTRAINT inspection_amendments_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.inspection_amendments
    ADD CONSTRAINT inspection_amendments_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.inspection_amendments
    ADD CONSTRAINT inspection_amendments_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.inspection_amendments
    ADD CONSTRAINT inspection_amendments_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.inspection_appeals
    ADD CONSTRAINT inspection_appeals_appealed_by_fkey FOREIGN KEY (appealed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.inspection_appeals
    ADD CONSTRAINT inspection_appeals_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.inspection_appeals
    ADD CONSTRAINT inspection_appeals_decided_for_fkey FOREIGN KEY (decided_for) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.inspection_appeals
    ADD CONSTRAINT inspection_appeals_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.inspection_appeals
    ADD CONSTRAINT inspection_appeals_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.inspection_checks
    ADD CONSTRAINT inspection_checks_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.inspection_checks
    ADD CONSTRAINT inspection_checks_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.inspection_checks
    ADD CONSTRAINT inspection_checks_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.inspection_comments
    ADD CONSTRAINT inspection_comments_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.inspection_comments
    ADD CONSTRAINT inspection_comments_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.inspection_comments
    ADD CONSTRAINT inspection_comments_judgement_id_fkey FOREIGN KEY (judgement_id) REFERENCES public.inspection_judgements(id);

ALTER TABLE ONLY public.inspection_comments
    ADD CONSTRAINT inspection_comments_said_by_fkey FOREIGN KEY (said_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.inspection_files
    ADD CONSTRAINT inspection_files_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.files(id);

ALTER TABLE ONLY public.inspection_files
    ADD CONSTRAINT inspection_files_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.inspection_judgements
    ADD CONSTRAINT inspection_judgements_carried_from_id_fkey FOREIGN KEY (carried_from_id) REFERENCES public.inspection_judgements(id);

ALTER TABLE ONLY public.inspection_judgements
    ADD CONSTRAINT inspection_judgements_criterion_id_fkey FOREIGN KEY (criterion_id) REFERENCES public.criteria(id);

ALTER TABLE ONLY public.inspection_judgements
    ADD CONSTRAINT inspection_judgements_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.inspection_judgements
    ADD CONSTRAINT inspection_judgements_judged_by_fkey FOREIGN KEY (judged_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.inspection_judgements
    ADD CONSTRAINT inspection_judgements_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.inspection_publications
    ADD CONSTRAINT inspection_publications_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.inspection_publications
    ADD CONSTRAINT inspection_publications_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.inspection_replies
    ADD CONSTRAINT inspection_replies_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.inspection_replies
    ADD CONSTRAINT inspection_replies_judgement_id_fkey FOREIGN KEY (judgement_id) REFERENCES public.inspection_judgements(id);

ALTER TABLE ONLY public.inspection_replies
    ADD CONSTRAINT inspection_replies_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.inspection_replies
    ADD CONSTRAINT inspection_replies_signed_by_fkey FOREIGN KEY (signed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.inspection_revisits
    ADD CONSTRAINT inspection_revisits_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.inspection_revisits
    ADD CONSTRAINT inspection_revisits_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.inspection_revisits
    ADD CONSTRAINT inspection_revisits_body_id_fkey FOREIGN KEY (body_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.inspection_revisits
    ADD CONSTRAINT inspection_revisits_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.inspection_revisits
    ADD CONSTRAINT inspection_revisits_planned_id_fkey FOREIGN KEY (planned_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.inspection_revisits
    ADD CONSTRAINT inspection_revisits_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.inspection_sites
    ADD CONSTRAINT inspection_sites_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.inspection_sites
    ADD CONSTRAINT inspection_sites_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.inspections
    ADD CONSTRAINT inspections_appeal_body_id_fkey FOREIGN KEY (appeal_body_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.inspections
    ADD CONSTRAINT inspections_body_id_fkey FOREIGN KEY (body_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.inspections
    ADD CONSTRAINT inspections_check_body_id_fkey FOREIGN KEY (check_body_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.inspections
    ADD CONSTRAINT inspections_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.inspections
    ADD CONSTRAINT inspections_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.inspections
    ADD CONSTRAINT inspections_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.inspections
    ADD CONSTRAINT inspections_standards_version_id_fkey FOREIGN KEY (standards_version_id) REFERENCES public.standards_versions(id);

ALTER TABLE ONLY public.inspectors
    ADD CONSTRAINT inspectors_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.inspectors
    ADD CONSTRAINT inspectors_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.inspectors
    ADD CONSTRAINT inspectors_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.institution_sites
    ADD CONSTRAINT institution_sites_grouped_by_fkey FOREIGN KEY (grouped_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.institution_sites
    ADD CONSTRAINT institution_sites_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.institution_sites
    ADD CONSTRAINT institution_sites_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.interim_payers
    ADD CONSTRAINT interim_payers_arrangement_id_fkey FOREIGN KEY (arrangement_id) REFERENCES public.funding_arrangements(id);

ALTER TABLE ONLY public.interim_payers
    ADD CONSTRAINT interim_payers_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.interim_suspensions
    ADD CONSTRAINT interim_suspensions_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES public.listings(id);

ALTER TABLE ONLY public.interim_suspensions
    ADD CONSTRAINT interim_suspensions_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.listing_proposals(id);

ALTER TABLE ONLY public.interim_suspensions
    ADD CONSTRAINT interim_suspensions_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.judgement_files
    ADD CONSTRAINT judgement_files_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.files(id);

ALTER TABLE ONLY public.judgement_files
    ADD CONSTRAINT judgement_files_judgement_id_fkey FOREIGN KEY (judgement_id) REFERENCES public.inspection_judgements(id);

ALTER TABLE ONLY public.judgement_notes
    ADD CONSTRAINT judgement_notes_judgement_id_fkey FOREIGN KEY (judgement_id) REFERENCES public.inspection_judgements(id);

ALTER TABLE ONLY public.ledger_bodies
    ADD CONSTRAINT ledger_bodies_entry_fkey FOREIGN KEY (entry) REFERENCES public.ledger_entries(entry);

ALTER TABLE ONLY public.ledger_causes
    ADD CONSTRAINT ledger_causes_entry_fkey FOREIGN KEY (entry) REFERENCES public.ledger_entries(entry);

ALTER TABLE ONLY public.listing_moves
    ADD CONSTRAINT listing_moves_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES public.listings(id);

ALTER TABLE ONLY public.listing_moves
    ADD CONSTRAINT listing_moves_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.listing_moves
    ADD CONSTRAINT listing_moves_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.listing_proposals(id);

ALTER TABLE ONLY public.listing_proposals
    ADD CONSTRAINT listing_proposals_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES public.listings(id);

ALTER TABLE ONLY public.listing_proposals
    ADD CONSTRAINT listing_proposals_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.listing_proposals
    ADD CONSTRAINT listing_proposals_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.listing_proposals
    ADD CONSTRAINT listing_proposals_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.listing_questions
    ADD CONSTRAINT listing_questions_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.listing_questions
    ADD CONSTRAINT listing_questions_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.listing_questions
    ADD CONSTRAINT listing_questions_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES public.listings(id);

ALTER TABLE ONLY public.listings
    ADD CONSTRAINT listings_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.listings
    ADD CONSTRAINT listings_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.listings
    ADD CONSTRAINT listings_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.listings
    ADD CONSTRAINT listings_standards_version_id_fkey FOREIGN KEY (standards_version_id) REFERENCES public.standards_versions(id);

ALTER TABLE ONLY public.machine_secrets
    ADD CONSTRAINT machine_secrets_machine_id_fkey FOREIGN KEY (machine_id) REFERENCES public.machines(id);

ALTER TABLE ONLY public.machines
    ADD CONSTRAINT machines_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.machines
    ADD CONSTRAINT machines_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.match_questions
    ADD CONSTRAINT match_questions_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.match_questions
    ADD CONSTRAINT match_questions_child_id_fkey FOREIGN KEY (child_id) REFERENCES public.children(id);

ALTER TABLE ONLY public.match_questions
    ADD CONSTRAINT match_questions_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.match_questions
    ADD CONSTRAINT match_questions_other_child_id_fkey FOREIGN KEY (other_child_id) REFERENCES public.children(id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.merge_moves
    ADD CONSTRAINT merge_moves_merge_id_fkey FOREIGN KEY (merge_id) REFERENCES public.merges(id);

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_absorbed_id_fkey FOREIGN KEY (absorbed_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_kept_id_fkey FOREIGN KEY (kept_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_undo_proposed_by_fkey FOREIGN KEY (undo_proposed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_undo_settled_by_fkey FOREIGN KEY (undo_settled_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.notice_sendings
    ADD CONSTRAINT notice_sendings_corrects_fkey FOREIGN KEY (corrects) REFERENCES public.notice_sendings(id);

ALTER TABLE ONLY public.notice_sendings
    ADD CONSTRAINT notice_sendings_notice_fkey FOREIGN KEY (notice_id, placement_id) REFERENCES public.placement_notices(id, placement_id);

ALTER TABLE ONLY public.notice_sendings
    ADD CONSTRAINT notice_sendings_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.offers
    ADD CONSTRAINT offers_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.organisation_identifiers
    ADD CONSTRAINT organisation_identifiers_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.organisations
    ADD CONSTRAINT organisations_introduced_by_fkey FOREIGN KEY (introduced_by) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.organisations
    ADD CONSTRAINT organisations_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.organisations
    ADD CONSTRAINT organisations_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.person_contacts
    ADD CONSTRAINT person_contacts_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.person_identities
    ADD CONSTRAINT person_identities_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.placement_notices
    ADD CONSTRAINT placement_notices_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.placement_reviews
    ADD CONSTRAINT placement_reviews_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.placement_sessions
    ADD CONSTRAINT placement_sessions_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.placement_sessions
    ADD CONSTRAINT placement_sessions_timetable_id_fkey FOREIGN KEY (timetable_id) REFERENCES public.placement_timetables(id);

ALTER TABLE ONLY public.placement_timetables
    ADD CONSTRAINT placement_timetables_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.placements
    ADD CONSTRAINT placements_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES public.assessments(id);

ALTER TABLE ONLY public.placements
    ADD CONSTRAINT placements_child_id_fkey FOREIGN KEY (child_id) REFERENCES public.children(id);

ALTER TABLE ONLY public.placements
    ADD CONSTRAINT placements_commissioner_id_fkey FOREIGN KEY (commissioner_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.placements
    ADD CONSTRAINT placements_host_la_code_fkey FOREIGN KEY (host_la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.placements
    ADD CONSTRAINT placements_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.postcode_districts
    ADD CONSTRAINT postcode_districts_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.postcodes
    ADD CONSTRAINT postcodes_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.provider_confirmations
    ADD CONSTRAINT provider_confirmations_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.provider_confirmations
    ADD CONSTRAINT provider_confirmations_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.provider_consents
    ADD CONSTRAINT provider_consents_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.provider_consents
    ADD CONSTRAINT provider_consents_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.provider_contacts
    ADD CONSTRAINT provider_contacts_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.provider_identifiers
    ADD CONSTRAINT provider_identifiers_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.provider_known_by
    ADD CONSTRAINT provider_known_by_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.provider_known_by
    ADD CONSTRAINT provider_known_by_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.provider_links
    ADD CONSTRAINT provider_links_predecessor_id_fkey FOREIGN KEY (predecessor_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.provider_links
    ADD CONSTRAINT provider_links_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.provider_links
    ADD CONSTRAINT provider_links_successor_id_fkey FOREIGN KEY (successor_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.provider_names
    ADD CONSTRAINT provider_names_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.provider_owners
    ADD CONSTRAINT provider_owners_claim_id_fkey FOREIGN KEY (claim_id) REFERENCES public.claims(id);

ALTER TABLE ONLY public.provider_owners
    ADD CONSTRAINT provider_owners_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.provider_owners
    ADD CONSTRAINT provider_owners_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.provider_people
    ADD CONSTRAINT provider_people_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.provider_safeguarding_items
    ADD CONSTRAINT provider_safeguarding_items_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.provider_safeguarding_items
    ADD CONSTRAINT provider_safeguarding_items_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.provider_status_changes
    ADD CONSTRAINT provider_status_changes_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.provider_verifications
    ADD CONSTRAINT provider_verifications_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.provider_verifications
    ADD CONSTRAINT provider_verifications_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.provider_verifications
    ADD CONSTRAINT provider_verifications_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.providers
    ADD CONSTRAINT providers_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES public.providers(id);

ALTER TABLE ONLY public.published_policies
    ADD CONSTRAINT published_policies_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.published_policies
    ADD CONSTRAINT published_policies_last_changed_by_fkey FOREIGN KEY (last_changed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.published_policies
    ADD CONSTRAINT published_policies_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.received_results
    ADD CONSTRAINT received_results_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.received_results
    ADD CONSTRAINT received_results_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.received_results
    ADD CONSTRAINT received_results_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.received_results
    ADD CONSTRAINT received_results_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.received_results
    ADD CONSTRAINT received_results_received_by_fkey FOREIGN KEY (received_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.received_results
    ADD CONSTRAINT received_results_received_by_machine_fkey FOREIGN KEY (received_by_machine) REFERENCES public.machines(id);

ALTER TABLE ONLY public.redactions
    ADD CONSTRAINT redactions_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.redactions
    ADD CONSTRAINT redactions_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.redactions
    ADD CONSTRAINT redactions_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.redactions
    ADD CONSTRAINT redactions_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.register_documents
    ADD CONSTRAINT register_documents_id_fkey FOREIGN KEY (id) REFERENCES public.register_search(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.register_past_sites
    ADD CONSTRAINT register_past_sites_provider_id_from_entry_fkey FOREIGN KEY (provider_id, from_entry) REFERENCES public.register_past(id, from_entry) ON DELETE CASCADE;

ALTER TABLE ONLY public.register_sites
    ADD CONSTRAINT register_sites_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.register_search(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.registration_cases
    ADD CONSTRAINT registration_cases_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.registration_cases
    ADD CONSTRAINT registration_cases_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.reliances
    ADD CONSTRAINT reliances_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.reliances
    ADD CONSTRAINT reliances_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.reliances
    ADD CONSTRAINT reliances_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.review_contributions
    ADD CONSTRAINT review_contributions_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.review_openings
    ADD CONSTRAINT review_openings_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.review_watches
    ADD CONSTRAINT review_watches_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.reviews_due
    ADD CONSTRAINT reviews_due_commissioner_id_fkey FOREIGN KEY (commissioner_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.reviews_due
    ADD CONSTRAINT reviews_due_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.safe_contacts
    ADD CONSTRAINT safe_contacts_child_id_fkey FOREIGN KEY (child_id) REFERENCES public.children(id);

ALTER TABLE ONLY public.safeguarding_items
    ADD CONSTRAINT safeguarding_items_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.safeguarding_items
    ADD CONSTRAINT safeguarding_items_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.safeguarding_statuses
    ADD CONSTRAINT safeguarding_statuses_commissioner_id_fkey FOREIGN KEY (commissioner_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.safeguarding_statuses
    ADD CONSTRAINT safeguarding_statuses_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.school_calendars
    ADD CONSTRAINT school_calendars_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.schools
    ADD CONSTRAINT schools_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.self_evaluation_answers
    ADD CONSTRAINT self_evaluation_answers_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.self_evaluation_answers
    ADD CONSTRAINT self_evaluation_answers_criterion_id_fkey FOREIGN KEY (criterion_id) REFERENCES public.criteria(id);

ALTER TABLE ONLY public.self_evaluation_answers
    ADD CONSTRAINT self_evaluation_answers_self_evaluation_id_fkey FOREIGN KEY (self_evaluation_id) REFERENCES public.self_evaluations(id);

ALTER TABLE ONLY public.self_evaluation_evidence
    ADD CONSTRAINT self_evaluation_evidence_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.documents(id);

ALTER TABLE ONLY public.self_evaluation_evidence
    ADD CONSTRAINT self_evaluation_evidence_self_evaluation_id_criterion_id_fkey FOREIGN KEY (self_evaluation_id, criterion_id) REFERENCES public.self_evaluation_answers(self_evaluation_id, criterion_id);

ALTER TABLE ONLY public.self_evaluations
    ADD CONSTRAINT self_evaluations_begun_by_fkey FOREIGN KEY (begun_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.self_evaluations
    ADD CONSTRAINT self_evaluations_carried_from_id_fkey FOREIGN KEY (carried_from_id) REFERENCES public.self_evaluations(id);

ALTER TABLE ONLY public.self_evaluations
    ADD CONSTRAINT self_evaluations_completed_by_fkey FOREIGN KEY (completed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.self_evaluations
    ADD CONSTRAINT self_evaluations_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.self_evaluations
    ADD CONSTRAINT self_evaluations_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.standards_versions(id);

ALTER TABLE ONLY public.sign_in_attempts
    ADD CONSTRAINT sign_in_attempts_link_id_fkey FOREIGN KEY (link_id) REFERENCES public.emailed_links(id);

ALTER TABLE ONLY public.sign_in_attempts
    ADD CONSTRAINT sign_in_attempts_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sign_in_sessions(id);

ALTER TABLE ONLY public.sign_in_sessions
    ADD CONSTRAINT sign_in_sessions_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.memberships(id);

ALTER TABLE ONLY public.sign_in_sessions
    ADD CONSTRAINT sign_in_sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.sign_in_steps
    ADD CONSTRAINT sign_in_steps_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.sign_in_steps
    ADD CONSTRAINT sign_in_steps_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sign_in_sessions(id);

ALTER TABLE ONLY public.site_checks
    ADD CONSTRAINT site_checks_commissioner_id_fkey FOREIGN KEY (commissioner_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.site_checks
    ADD CONSTRAINT site_checks_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.site_outcomes
    ADD CONSTRAINT site_outcomes_publication_id_fkey FOREIGN KEY (publication_id) REFERENCES public.inspection_publications(id);

ALTER TABLE ONLY public.site_outcomes
    ADD CONSTRAINT site_outcomes_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.sites
    ADD CONSTRAINT sites_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.sites
    ADD CONSTRAINT sites_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.staff_checks
    ADD CONSTRAINT staff_checks_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.staff_checks
    ADD CONSTRAINT staff_checks_staff_member_id_fkey FOREIGN KEY (staff_member_id) REFERENCES public.staff_members(id);

ALTER TABLE ONLY public.staff_members
    ADD CONSTRAINT staff_members_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.standards_impacts
    ADD CONSTRAINT standards_impacts_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.standards_impacts
    ADD CONSTRAINT standards_impacts_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.standards_versions(id);

ALTER TABLE ONLY public.standards_versions
    ADD CONSTRAINT standards_versions_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.standards_versions
    ADD CONSTRAINT standards_versions_last_changed_by_fkey FOREIGN KEY (last_changed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.standards_versions
    ADD CONSTRAINT standards_versions_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.suspension_reviews
    ADD CONSTRAINT suspension_reviews_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.suspension_reviews
    ADD CONSTRAINT suspension_reviews_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.suspension_reviews
    ADD CONSTRAINT suspension_reviews_suspension_id_fkey FOREIGN KEY (suspension_id) REFERENCES public.interim_suspensions(id);

ALTER TABLE ONLY public.urgent_starts
    ADD CONSTRAINT urgent_starts_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES public.placements(id);

ALTER TABLE ONLY public.urgent_starts
    ADD CONSTRAINT urgent_starts_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.walk_back_matches
    ADD CONSTRAINT walk_back_matches_judged_by_fkey FOREIGN KEY (judged_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.walk_back_matches
    ADD CONSTRAINT walk_back_matches_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES public.listings(id);

ALTER TABLE ONLY public.walk_back_matches
    ADD CONSTRAINT walk_back_matches_other_provider_id_fkey FOREIGN KEY (other_provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.withheld_replies
    ADD CONSTRAINT withheld_replies_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES public.inspections(id);

ALTER TABLE ONLY public.withheld_replies
    ADD CONSTRAINT withheld_replies_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisations(id);

ALTER TABLE ONLY public.withheld_replies
    ADD CONSTRAINT withheld_replies_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.withheld_replies
    ADD CONSTRAINT withheld_replies_reply_id_fkey FOREIGN KEY (reply_id) REFERENCES public.inspection_replies(id);

ALTER TABLE ONLY public.withheld_replies
    ADD CONSTRAINT withheld_replies_withheld_by_fkey FOREIGN KEY (withheld_by) REFERENCES public.people(id);

CREATE POLICY app_adds ON public.assessment_decisions FOR INSERT TO ap_app WITH CHECK (((decided_by = public.acting_person()) AND public.may_decide_assessment(assessment_id)));

CREATE POLICY app_adds ON public.assessment_options FOR INSERT TO ap_app WITH CHECK (public.holds_assessment(assessment_id));

CREATE POLICY app_adds ON public.assessment_steps FOR INSERT TO ap_app WITH CHECK ((public.holds_assessment(assessment_id) AND (NOT (written_by IS DISTINCT FROM public.acting_person()))));

CREATE POLICY app_adds ON public.assessment_tests FOR INSERT TO ap_app WITH CHECK (((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)) AND public.holds_assessment(assessment_id)));

CREATE POLICY app_adds ON public.assessments FOR INSERT TO ap_app WITH CHECK (((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)) AND public.holds_child(child_id) AND (NOT (requested_by IS DISTINCT FROM public.acting_person()))));

CREATE POLICY app_adds ON public.attendance_closures FOR INSERT TO ap_app WITH CHECK (((organisation_id = ( SELECT public.acting_organisation() AS acting_organisation)) AND
CASE
    WHEN (site_id IS NOT NULL) THEN public.owns_site(site_id)
    WHEN (placement_id IS NOT NULL) THEN public.reports_for(placement_id)
    ELSE (commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation))
END));

CREATE POLICY app_adds ON public.attendance_codes FOR INSERT TO ap_app WITH CHECK (public.registers_for(placement_id));

CREATE POLICY app_adds ON public.attendance_contacts FOR INSERT TO ap_app WITH CHECK (public.holds_placement(placement_id));

CREATE POLICY app_adds ON public.attendance_declarations FOR INSERT TO ap_app WITH CHECK ((public.owns_provider(provider_id) AND (declared_by = public.acting_person())));

CREATE POLICY app_adds ON public.attendance_facts FOR INSERT TO ap_app WITH CHECK (((organisation_id = ( SELECT public.acting_organisation() AS acting_organisation)) AND public.reports_for(placement_id)));

CREATE POLICY app_adds ON public.audit_entries FOR INSERT TO ap_app WITH CHECK (((actor_id = COALESCE(public.acting_person(), public.acting_machine())) AND (actor_kind =
CASE
    WHEN (public.acting_person() IS NULL) THEN 'machine'::text
    ELSE 'person'::text
END) AND (NOT (organisation_id IS DISTINCT FROM public.acting_organisation()))));

CREATE POLICY app_adds ON public.bank_references FOR INSERT TO ap_app WITH CHECK (public.owns_provider(provider_id));

CREATE POLICY app_adds ON public.child_circumstances FOR INSERT TO ap_app WITH CHECK (public.holds_child(child_id));

CREATE POLICY app_adds ON public.child_particulars FOR INSERT TO ap_app WITH CHECK (public.holds_child(child_id));

CREATE POLICY app_adds ON public.children FOR INSERT TO ap_app WITH CHECK (((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)) AND ( SELECT public.acts_for_commissioner() AS acts_for_commissioner)));

CREATE POLICY app_adds ON public.claims FOR INSERT TO ap_app WITH CHECK ((public.judges_provider(provider_id) AND (invited_by = public.acting_person())));

CREATE POLICY app_adds ON public.commitments FOR INSERT TO ap_app WITH CHECK ((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)));

CREATE POLICY app_adds ON public.concerns FOR INSERT TO ap_app WITH CHECK (((raised_by = public.acting_person()) AND (organisation_id = public.acting_organisation()) AND (closed_at IS NULL) AND public.may_see_provider(provider_id)));

CREATE POLICY app_adds ON public.criteria FOR INSERT TO ap_app WITH CHECK (( SELECT public.acts_for_department() AS acts_for_department));

CREATE POLICY app_adds ON public.criteria_crosswalk FOR INSERT TO ap_app WITH CHECK (( SELECT public.acts_for_department() AS acts_for_department));

CREATE POLICY app_adds ON public.declared_bands FOR INSERT TO ap_app WITH CHECK ((EXISTS ( SELECT
   FROM public.attendance_declarations d
  WHERE ((d.id = declared_bands.declaration_id) AND public.owns_provider(d.provider_id)))));

CREATE POLICY app_adds ON public.declared_interests FOR INSERT TO ap_app WITH CHECK ((person_id = public.acting_person()));

CREATE POLICY app_adds ON public.document_shares FOR INSERT TO ap_app WITH CHECK (public.owns_provider(provider_id));

CREATE POLICY app_adds ON public.documents FOR INSERT TO ap_app WITH CHECK (public.owns_provider(provider_id));

CREATE POLICY app_adds ON public.duty_contacts FOR INSERT TO ap_app WITH CHECK (((organisation_id = ANY (( SELECT public.bodies_acted_as() AS bodies_acted_as)::uuid[])) AND public.may_see_duties(placement_id)));

CREATE POLICY app_adds ON public.duty_offers FOR INSERT TO ap_app WITH CHECK (((from_organisation_id = ANY (( SELECT public.bodies_acted_as() AS bodies_acted_as)::uuid[])) AND public.may_see_duties(placement_id)));

CREATE POLICY app_adds ON public.duty_periods FOR INSERT TO ap_app WITH CHECK (((organisation_id = ANY (( SELECT public.bodies_acted_as() AS bodies_acted_as)::uuid[])) AND (public.holds_placement(placement_id) OR public.offered_duty(placement_id, duty))));

CREATE POLICY app_adds ON public.emailed_links FOR INSERT TO ap_app WITH CHECK ((public.administers_invitation(invitation_id) OR public.welcomes_by(invitation_id)));

CREATE POLICY app_adds ON public.erased_placement_areas FOR INSERT TO ap_app WITH CHECK (public.holds_placement(placement_id));

CREATE POLICY app_adds ON public.erasures FOR INSERT TO ap_app WITH CHECK ((public.holds_child(child_id) AND (erased_by = public.acting_person())));

CREATE POLICY app_adds ON public.files FOR INSERT TO ap_app WITH CHECK (((organisation_id = public.acting_organisation()) AND (state <> 'infected'::text) AND (NOT (received_by IS DISTINCT FROM public.acting_person())) AND (NOT (received_by_machine IS DISTINCT FROM public.acting_machine())) AND ((received_by IS NOT NULL) OR (received_by_machine IS NOT NULL))));

CREATE POLICY app_adds ON public.follow_up_handovers FOR INSERT TO ap_app WITH CHECK ((public.works_follow_up(follow_up_id) OR ( SELECT public.acts_for_department() AS acts_for_department)));

CREATE POLICY app_adds ON public.follow_up_spells FOR INSERT TO ap_app WITH CHECK (public.works_follow_up(follow_up_id));

CREATE POLICY app_adds ON public.follow_up_steps FOR INSERT TO ap_app WITH CHECK (public.works_follow_up(follow_up_id));

CREATE POLICY app_adds ON public.follow_ups FOR INSERT TO ap_app WITH CHECK (((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)) AND public.holds_placement(placement_id)));

CREATE POLICY app_adds ON public.full_time_findings FOR INSERT TO ap_app WITH CHECK ((( SELECT public.acts_for_department() AS acts_for_department) AND (found_by = public.acting_person())));

CREATE POLICY app_adds ON public.funding_arrangements FOR INSERT TO ap_app WITH CHECK (public.holds_placement(placement_id));

CREATE POLICY app_adds ON public.funding_budgets FOR INSERT TO ap_app WITH CHECK (public.holds_funding(arrangement_id));

CREATE POLICY app_adds ON public.funding_disputes FOR INSERT TO ap_app WITH CHECK (((public.holds_funding(arrangement_id) OR public.pays_part(arrangement_id, terms_number, payer_number)) AND (opened_by = ( SELECT public.acting_person() AS acting_person))));

CREATE POLICY app_adds ON public.funding_overrides FOR INSERT TO ap_app WITH CHECK ((public.holds_funding(arrangement_id) AND (proposed_by = ( SELECT public.acting_person() AS acting_person))));

CREATE POLICY app_adds ON public.funding_payers FOR INSERT TO ap_app WITH CHECK (public.holds_funding(arrangement_id));

CREATE POLICY app_adds ON public.funding_recoveries FOR INSERT TO ap_app WITH CHECK (public.holds_funding(arrangement_id));

CREATE POLICY app_adds ON public.funding_signatures FOR INSERT TO ap_app WITH CHECK (((public.holds_funding(arrangement_id) OR public.pays_part(arrangement_id, terms_number, payer_number)) AND (signed_by = ( SELECT public.acting_person() AS acting_person))));

CREATE POLICY app_adds ON public.funding_terms FOR INSERT TO ap_app WITH CHECK (public.holds_funding(arrangement_id));

CREATE POLICY app_adds ON public.idempotency_keys FOR INSERT TO ap_app WITH CHECK ((caller =
CASE
    WHEN (public.acting_machine() IS NOT NULL) THEN ('machine:'::text || public.acting_machine())
    ELSE ('person:'::text || public.acting_person())
END));

CREATE POLICY app_adds ON public.inspection_actions FOR INSERT TO ap_app WITH CHECK (((given_by = public.acting_person()) AND public.owns_inspected(inspection_id)));

CREATE POLICY app_adds ON public.inspection_amendments FOR INSERT TO ap_app WITH CHECK ((public.amends_inspection(inspection_id) AND ((proposed_by = public.acting_person()) OR (appeal_id IS NOT NULL))));

CREATE POLICY app_adds ON public.inspection_appeals FOR INSERT TO ap_app WITH CHECK (((appealed_by = public.acting_person()) AND public.owns_inspected(inspection_id)));

CREATE POLICY app_adds ON public.inspection_checks FOR INSERT TO ap_app WITH CHECK (((person_id = public.acting_person()) AND public.checks_inspection(inspection_id)));

CREATE POLICY app_adds ON public.inspection_comments FOR INSERT TO ap_app WITH CHECK (((said_by = public.acting_person()) AND (public.owns_inspected(inspection_id) OR public.inspects(inspection_id))));

CREATE POLICY app_adds ON public.inspection_files FOR INSERT TO ap_app WITH CHECK (public.may_add_inspection_file(inspection_id, file_id));

CREATE POLICY app_adds ON public.inspection_judgements FOR INSERT TO ap_app WITH CHECK (public.inspects(inspection_id));

CREATE POLICY app_adds ON public.inspection_publications FOR INSERT TO ap_app WITH CHECK ((public.checks_inspection(inspection_id) OR public.amends_inspection(inspection_id)));

CREATE POLICY app_adds ON public.inspection_replies FOR INSERT TO ap_app WITH CHECK (((signed_by = public.acting_person()) AND public.owns_inspected(inspection_id)));

CREATE POLICY app_adds ON public.inspection_revisits FOR INSERT TO ap_app WITH CHECK (((asked_by = public.acting_person()) AND public.owns_inspected(inspection_id)));

CREATE POLICY app_adds ON public.inspection_sites FOR INSERT TO ap_app WITH CHECK ((public.inspects(inspection_id) OR public.plans_inspection(inspection_id)));

CREATE POLICY app_adds ON public.inspections FOR INSERT TO ap_app WITH CHECK (((state = 'planned'::text) AND (public.judges_provider(provider_id) OR ((public.acting_machine() IS NOT NULL) AND COALESCE(public.answers_for_provider(provider_id), false)))));

CREATE POLICY app_adds ON public.inspectors FOR INSERT TO ap_app WITH CHECK ((public.inspects(inspection_id) OR public.plans_inspection(inspection_id)));

CREATE POLICY app_adds ON public.institution_sites FOR INSERT TO ap_app WITH CHECK (public.acts_for_department());

CREATE POLICY app_adds ON public.interim_payers FOR INSERT TO ap_app WITH CHECK ((public.holds_funding(arrangement_id) OR public.pays_for(arrangement_id)));

CREATE POLICY app_adds ON public.interim_suspensions FOR INSERT TO ap_app WITH CHECK (public.judges_provider(provider_id));

CREATE POLICY app_adds ON public.invitations FOR INSERT TO ap_app WITH CHECK ((public.administers(organisation_id) OR public.welcomes(organisation_id)));

CREATE POLICY app_adds ON public.jobs FOR INSERT TO ap_app WITH CHECK (((public.acting_person() IS NOT NULL) OR (public.acting_machine() IS NOT NULL)));

CREATE POLICY app_adds ON public.judgement_files FOR INSERT TO ap_app WITH CHECK (public.may_see_notes(judgement_id));

CREATE POLICY app_adds ON public.judgement_notes FOR INSERT TO ap_app WITH CHECK (public.may_see_notes(judgement_id));

CREATE POLICY app_adds ON public.listing_moves FOR INSERT TO ap_app WITH CHECK (((actor_kind = 'person'::text) AND (((actor_id = public.acting_person()) AND (second_actor_id IS NULL) AND public.owns_listing(listing_id) AND (to_state = ANY (ARRAY['draft'::text, 'submitted'::text, 'closed'::text]))) OR (((public.acting_person() = actor_id) OR (public.acting_person() = second_actor_id)) AND public.judges_listing(listing_id)))));

CREATE POLICY app_adds ON public.listing_proposals FOR INSERT TO ap_app WITH CHECK (((proposed_by = public.acting_person()) AND (outcome IS NULL) AND public.judges_listing(listing_id)));

CREATE POLICY app_adds ON public.listing_questions FOR INSERT TO ap_app WITH CHECK (((asked_by = public.acting_person()) AND (answer IS NULL) AND public.judges_listing(listing_id)));

CREATE POLICY app_adds ON public.listings FOR INSERT TO ap_app WITH CHECK (((listed_on IS NULL) AND (((basis = 'application'::text) AND (state = 'draft'::text) AND public.owns_provider(provider_id)) OR ((basis = 'transition'::text) AND (state = 'in-assessment'::text) AND public.judges_provider(provider_id)))));

CREATE POLICY app_adds ON public.machine_secrets FOR INSERT TO ap_app WITH CHECK (public.administers_machine(machine_id));

CREATE POLICY app_adds ON public.machines FOR INSERT TO ap_app WITH CHECK (public.administers(organisation_id));

CREATE POLICY app_adds ON public.matching_keys FOR INSERT TO ap_app WITH CHECK (((public.acting_person() IS NOT NULL) AND (NOT (purpose ~~ 'child-%'::text))));

CREATE POLICY app_adds ON public.merges FOR INSERT TO ap_app WITH CHECK ((public.judges_provider(kept_id) OR public.judges_provider(absorbed_id)));

CREATE POLICY app_adds ON public.notice_sendings FOR INSERT TO ap_app WITH CHECK (public.holds_placement(placement_id));

CREATE POLICY app_adds ON public.offers FOR INSERT TO ap_app WITH CHECK ((public.owns_site(site_id) OR public.judges_site(site_id)));

CREATE POLICY app_adds ON public.organisations FOR INSERT TO ap_app WITH CHECK (((public.administers(public.acting_organisation()) AND (introduced_by = public.acting_organisation()) AND (source = 'people'::text) AND (((kind = 'provider-owner'::text) AND (parent_id IS NULL)) OR ((kind = 'local-authority-team'::text) AND (parent_id = public.acting_organisation())))) OR (public.invites_providers() AND (introduced_by = public.acting_organisation()) AND (source = 'people'::text) AND (kind = 'provider-owner'::text) AND (parent_id IS NULL))));

CREATE POLICY app_adds ON public.placement_notices FOR INSERT TO ap_app WITH CHECK (public.holds_placement(placement_id));

CREATE POLICY app_adds ON public.placement_reviews FOR INSERT TO ap_app WITH CHECK (public.holds_placement(placement_id));

CREATE POLICY app_adds ON public.placement_sessions FOR INSERT TO ap_app WITH CHECK (public.holds_placement(public.timetabled_for(timetable_id)));

CREATE POLICY app_adds ON public.placement_timetables FOR INSERT TO ap_app WITH CHECK (public.holds_placement(placement_id));

CREATE POLICY app_adds ON public.placements FOR INSERT TO ap_app WITH CHECK (((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)) AND public.holds_child(child_id)));

CREATE POLICY app_adds ON public.provider_confirmations FOR INSERT TO ap_app WITH CHECK ((public.owns_provider(provider_id) AND (person_id = public.acting_person())));

CREATE POLICY app_adds ON public.provider_consents FOR INSERT TO ap_app WITH CHECK ((public.owns_provider(provider_id) AND (person_id = public.acting_person())));

CREATE POLICY app_adds ON public.provider_contacts FOR INSERT TO ap_app WITH CHECK ((public.owns_provider(provider_id) OR public.judges_provider(provider_id)));

CREATE POLICY app_adds ON public.provider_identifiers FOR INSERT TO ap_app WITH CHECK ((public.owns_provider(provider_id) OR public.judges_provider(provider_id)));

CREATE POLICY app_adds ON public.provider_links FOR INSERT TO ap_app WITH CHECK ((public.judges_provider(predecessor_id) OR public.judges_provider(successor_id)));

CREATE POLICY app_adds ON public.provider_names FOR INSERT TO ap_app WITH CHECK ((public.owns_provider(provider_id) OR public.judges_provider(provider_id)));

CREATE POLICY app_adds ON public.provider_owners FOR INSERT TO ap_app WITH CHECK (((organisation_id = public.acting_organisation()) AND public.may_take_provider(provider_id, claim_id)));

CREATE POLICY app_adds ON public.provider_people FOR INSERT TO ap_app WITH CHECK ((public.owns_provider(provider_id) OR public.judges_provider(provider_id)));

CREATE POLICY app_adds ON public.provider_safeguarding_items FOR INSERT TO ap_app WITH CHECK ((public.provides_place(placement_id) AND (organisation_id = ( SELECT public.acting_organisation() AS acting_organisation))));

CREATE POLICY app_adds ON public.provider_verifications FOR INSERT TO ap_app WITH CHECK ((public.judges_provider(provider_id) AND (person_id = public.acting_person())));

CREATE POLICY app_adds ON public.providers FOR INSERT TO ap_app WITH CHECK (((status = 'known'::text) AND (last_entry IS NULL) AND (public.acting_person() IS NOT NULL)));

CREATE POLICY app_adds ON public.published_policies FOR INSERT TO ap_app WITH CHECK (((state = 'draft'::text) AND ( SELECT public.acts_for_department() AS acts_for_department)));

CREATE POLICY app_adds ON public.received_results FOR INSERT TO ap_app WITH CHECK (((organisation_id = public.acting_organisation()) AND (status <> 'dismissed'::text) AND (NOT (received_by IS DISTINCT FROM public.acting_person())) AND (NOT (received_by_machine IS DISTINCT FROM public.acting_machine())) AND public.may_see_provider(provider_id) AND (NOT public.has_stake_in(provider_id))));

CREATE POLICY app_adds ON public.redactions FOR INSERT TO ap_app WITH CHECK (((state = 'proposed'::text) AND (proposed_by = public.acting_person()) AND (organisation_id = public.acting_organisation()) AND public.judges_provider(provider_id)));

CREATE POLICY app_adds ON public.reliances FOR INSERT TO ap_app WITH CHECK (((made_by = public.acting_person()) AND (organisation_id = public.acting_organisation()) AND (public.acting_person() IS NOT NULL)));

CREATE POLICY app_adds ON public.review_contributions FOR INSERT TO ap_app WITH CHECK (public.provides_place(placement_id));

CREATE POLICY app_adds ON public.reviews_due FOR INSERT TO ap_app WITH CHECK (public.holds_placement(placement_id));

CREATE POLICY app_adds ON public.safe_contacts FOR INSERT TO ap_app WITH CHECK (public.holds_child(child_id));

CREATE POLICY app_adds ON public.safeguarding_items FOR INSERT TO ap_app WITH CHECK (((organisation_id = ANY (( SELECT public.bodies_acted_as() AS bodies_acted_as)::uuid[])) AND public.may_see_attendance(placement_id)));

CREATE POLICY app_adds ON public.school_calendars FOR INSERT TO ap_app WITH CHECK ((organisation_id = ( SELECT public.acting_organisation() AS acting_organisation)));

CREATE POLICY app_adds ON public.self_evaluation_answers FOR INSERT TO ap_app WITH CHECK (((EXISTS ( SELECT
   FROM public.self_evaluations s
  WHERE ((s.id = self_evaluation_answers.self_evaluation_id) AND public.owns_site(s.site_id)))) AND (carried OR (answered_by = public.acting_person()))));

CREATE POLICY app_adds ON public.self_evaluation_evidence FOR INSERT TO ap_app WITH CHECK (((EXISTS ( SELECT
   FROM public.self_evaluations s
  WHERE ((s.id = self_evaluation_evidence.self_evaluation_id) AND public.owns_site(s.site_id)))) AND (EXISTS ( SELECT
   FROM public.documents d
  WHERE ((d.id = self_evaluation_evidence.document_id) AND public.owns_provider(d.provider_id))))));

CREATE POLICY app_adds ON public.self_evaluations FOR INSERT TO ap_app WITH CHECK ((public.owns_site(site_id) AND (begun_by = public.acting_person()) AND (completed_at IS NULL)));

CREATE POLICY app_adds ON public.site_checks FOR INSERT TO ap_app WITH CHECK (((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)) AND ( SELECT public.acts_for_commissioner() AS acts_for_commissioner)));

CREATE POLICY app_adds ON public.sites FOR INSERT TO ap_app WITH CHECK ((public.owns_provider(provider_id) OR public.judges_provider(provider_id)));

CREATE POLICY app_adds ON public.staff_checks FOR INSERT TO ap_app WITH CHECK ((EXISTS ( SELECT
   FROM public.staff_members m
  WHERE ((m.id = staff_checks.staff_member_id) AND public.owns_provider(m.provider_id)))));

CREATE POLICY app_adds ON public.staff_members FOR INSERT TO ap_app WITH CHECK (public.owns_provider(provider_id));

CREATE POLICY app_adds ON public.standards_versions FOR INSERT TO ap_app WITH CHECK (((state = 'draft'::text) AND ( SELECT public.acts_for_department() AS acts_for_department)));

CREATE POLICY app_adds ON public.suspension_reviews FOR INSERT TO ap_app WITH CHECK (((person_id = public.acting_person()) AND (EXISTS ( SELECT
   FROM public.interim_suspensions s
  WHERE ((s.id = suspension_reviews.suspension_id) AND public.judges_provider(s.provider_id))))));

CREATE POLICY app_adds ON public.urgent_starts FOR INSERT TO ap_app WITH CHECK (public.holds_placement(placement_id));

CREATE POLICY app_adds ON public.walk_back_matches FOR INSERT TO ap_app WITH CHECK ((public.owns_listing(listing_id) OR public.judges_listing(listing_id)));

CREATE POLICY app_adds ON public.withheld_replies FOR INSERT TO ap_app WITH CHECK (((withheld_by = public.acting_person()) AND public.amends_inspection(inspection_id)));

CREATE POLICY app_changes ON public.assessment_options FOR UPDATE TO ap_app USING (public.holds_assessment(assessment_id)) WITH CHECK (public.holds_assessment(assessment_id));

CREATE POLICY app_changes ON public.assessments FOR UPDATE TO ap_app USING ((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation))) WITH CHECK ((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)));

CREATE POLICY app_changes ON public.attendance_alerts FOR UPDATE TO ap_app USING (public.holds_placement(placement_id)) WITH CHECK (public.holds_placement(placement_id));

CREATE POLICY app_changes ON public.attendance_closures FOR UPDATE TO ap_app USING ((organisation_id = ( SELECT public.acting_organisation() AS acting_organisation))) WITH CHECK ((organisation_id = ( SELECT public.acting_organisation() AS acting_organisation)));

CREATE POLICY app_changes ON public.bank_references FOR UPDATE TO ap_app USING (public.owns_provider(provider_id)) WITH CHECK (public.owns_provider(provider_id));

CREATE POLICY app_changes ON public.child_circumstances FOR UPDATE TO ap_app USING (public.holds_child(child_id)) WITH CHECK (public.holds_child(child_id));

CREATE POLICY app_changes ON public.child_particulars FOR UPDATE TO ap_app USING (public.holds_child(child_id)) WITH CHECK (public.holds_child(child_id));

CREATE POLICY app_changes ON public.children FOR UPDATE TO ap_app USING ((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation))) WITH CHECK ((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)));

CREATE POLICY app_changes ON public.claims FOR UPDATE TO ap_app USING ((public.judges_provider(provider_id) OR (organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])))) WITH CHECK ((public.judges_provider(provider_id) OR (organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[]))));

CREATE POLICY app_changes ON public.commitments FOR UPDATE TO ap_app USING ((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation))) WITH CHECK ((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)));

CREATE POLICY app_changes ON public.concerns FOR UPDATE TO ap_app USING (public.judges_provider(provider_id)) WITH CHECK (public.judges_provider(provider_id));

CREATE POLICY app_changes ON public.criteria FOR UPDATE TO ap_app USING (( SELECT public.acts_for_department() AS acts_for_department)) WITH CHECK (( SELECT public.acts_for_department() AS acts_for_department));

CREATE POLICY app_changes ON public.declared_interests FOR UPDATE TO ap_app USING ((person_id = public.acting_person())) WITH CHECK ((person_id = public.acting_person()));

CREATE POLICY app_changes ON public.document_shares FOR UPDATE TO ap_app USING (public.owns_provider(provider_id)) WITH CHECK (public.owns_provider(provider_id));

CREATE POLICY app_changes ON public.documents FOR UPDATE TO ap_app USING (public.owns_provider(provider_id)) WITH CHECK (public.owns_provider(provider_id));

CREATE POLICY app_changes ON public.duty_offers FOR UPDATE TO ap_app USING (((from_organisation_id = ANY (( SELECT public.bodies_acted_as() AS bodies_acted_as)::uuid[])) OR (to_organisation_id = ANY (( SELECT public.bodies_acted_as() AS bodies_acted_as)::uuid[])))) WITH CHECK (((from_organisation_id = ANY (( SELECT public.bodies_acted_as() AS bodies_acted_as)::uuid[])) OR (to_organisation_id = ANY (( SELECT public.bodies_acted_as() AS bodies_acted_as)::uuid[]))));

CREATE POLICY app_changes ON public.duty_periods FOR UPDATE TO ap_app USING (public.offered_duty(placement_id, duty)) WITH CHECK (public.offered_duty(placement_id, duty));

CREATE POLICY app_changes ON public.follow_up_handovers FOR UPDATE TO ap_app USING (public.may_see_follow_up(follow_up_id)) WITH CHECK (public.may_see_follow_up(follow_up_id));

CREATE POLICY app_changes ON public.follow_ups FOR UPDATE TO ap_app USING (((commissioner_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR (school_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR (la_code = NULLIF(current_setting('app.la_code'::text, true), ''::text)) OR (care_la_code = NULLIF(current_setting('app.la_code'::text, true), ''::text)) OR ( SELECT public.acts_for_department() AS acts_for_department) OR public.is_asked_to_follow(id))) WITH CHECK (((commissioner_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR (school_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR (la_code = NULLIF(current_setting('app.la_code'::text, true), ''::text)) OR (care_la_code = NULLIF(current_setting('app.la_code'::text, true), ''::text)) OR ( SELECT public.acts_for_department() AS acts_for_department) OR public.is_asked_to_follow(id)));

CREATE POLICY app_changes ON public.funding_arrangements FOR UPDATE TO ap_app USING ((public.holds_placement(placement_id) OR public.pays_for(id))) WITH CHECK ((public.holds_placement(placement_id) OR public.pays_for(id)));

CREATE POLICY app_changes ON public.funding_disputes FOR UPDATE TO ap_app USING ((public.holds_funding(arrangement_id) OR public.pays_for(arrangement_id))) WITH CHECK ((public.holds_funding(arrangement_id) OR public.pays_for(arrangement_id)));

CREATE POLICY app_changes ON public.funding_overrides FOR UPDATE TO ap_app USING (public.holds_funding(arrangement_id)) WITH CHECK (public.holds_funding(arrangement_id));

CREATE POLICY app_changes ON public.idempotency_keys FOR UPDATE TO ap_app USING ((caller =
CASE
    WHEN (public.acting_machine() IS NOT NULL) THEN ('machine:'::text || public.acting_machine())
    ELSE ('person:'::text || public.acting_person())
END)) WITH CHECK ((caller =
CASE
    WHEN (public.acting_machine() IS NOT NULL) THEN ('machine:'::text || public.acting_machine())
    ELSE ('person:'::text || public.acting_person())
END));

CREATE POLICY app_changes ON public.inspection_actions FOR UPDATE TO ap_app USING ((public.owns_inspected(inspection_id) OR public.inspects(inspection_id))) WITH CHECK ((public.owns_inspected(inspection_id) OR public.inspects(inspection_id)));

CREATE POLICY app_changes ON public.inspection_amendments FOR UPDATE TO ap_app USING (public.amends_inspection(inspection_id)) WITH CHECK (public.amends_inspection(inspection_id));

CREATE POLICY app_changes ON public.inspection_appeals FOR UPDATE TO ap_app USING ((public.owns_inspected(inspection_id) OR public.amends_inspection(inspection_id))) WITH CHECK ((public.owns_inspected(inspection_id) OR public.amends_inspection(inspection_id)));

CREATE POLICY app_changes ON public.inspection_comments FOR UPDATE TO ap_app USING ((public.owns_inspected(inspection_id) OR public.inspects(inspection_id))) WITH CHECK ((public.owns_inspected(inspection_id) OR public.inspects(inspection_id)));

CREATE POLICY app_changes ON public.inspection_judgements FOR UPDATE TO ap_app USING ((public.inspects(inspection_id) OR (public.is_being_corrected(inspection_id) AND public.amends_inspection(inspection_id)))) WITH CHECK ((public.inspects(inspection_id) OR (public.is_being_corrected(inspection_id) AND public.amends_inspection(inspection_id))));

CREATE POLICY app_changes ON public.inspection_publications FOR UPDATE TO ap_app USING (public.amends_inspection(inspection_id)) WITH CHECK (public.amends_inspection(inspection_id));

CREATE POLICY app_changes ON public.inspection_replies FOR UPDATE TO ap_app USING (public.owns_inspected(inspection_id)) WITH CHECK (public.owns_inspected(inspection_id));

CREATE POLICY app_changes ON public.inspection_revisits FOR UPDATE TO ap_app USING ((public.owns_inspected(inspection_id) OR public.inspects(inspection_id) OR public.plans_inspection(inspection_id))) WITH CHECK ((public.owns_inspected(inspection_id) OR public.inspects(inspection_id) OR public.plans_inspection(inspection_id)));

CREATE POLICY app_changes ON public.inspections FOR UPDATE TO ap_app USING ((public.inspects(id) OR public.checks_inspection(id) OR public.judges_provider(provider_id) OR public.amends_inspection(id))) WITH CHECK ((public.inspects(id) OR public.checks_inspection(id) OR public.judges_provider(provider_id) OR public.amends_inspection(id)));

CREATE POLICY app_changes ON public.inspectors FOR UPDATE TO ap_app USING ((public.inspects(inspection_id) OR public.plans_inspection(inspection_id))) WITH CHECK ((public.inspects(inspection_id) OR public.plans_inspection(inspection_id)));

CREATE POLICY app_changes ON public.institution_sites FOR UPDATE TO ap_app USING (public.acts_for_department()) WITH CHECK (public.acts_for_department());

CREATE POLICY app_changes ON public.interim_payers FOR UPDATE TO ap_app USING ((public.holds_funding(arrangement_id) OR public.pays_for(arrangement_id))) WITH CHECK ((public.holds_funding(arrangement_id) OR public.pays_for(arrangement_id)));

CREATE POLICY app_changes ON public.interim_suspensions FOR UPDATE TO ap_app USING (public.judges_provider(provider_id)) WITH CHECK (public.judges_provider(provider_id));

CREATE POLICY app_changes ON public.invitations FOR UPDATE TO ap_app USING ((public.administers(organisation_id) OR public.welcomes(organisation_id))) WITH CHECK ((public.administers(organisation_id) OR public.welcomes(organisation_id)));

CREATE POLICY app_changes ON public.judgement_notes FOR UPDATE TO ap_app USING (public.may_see_notes(judgement_id)) WITH CHECK (public.may_see_notes(judgement_id));

CREATE POLICY app_changes ON public.listing_proposals FOR UPDATE TO ap_app USING (public.judges_listing(listing_id)) WITH CHECK (public.judges_listing(listing_id));

CREATE POLICY app_changes ON public.listing_questions FOR UPDATE TO ap_app USING (public.owns_listing(listing_id)) WITH CHECK (public.owns_listing(listing_id));

CREATE POLICY app_changes ON public.listings FOR UPDATE TO ap_app USING ((public.owns_provider(provider_id) OR public.judges_provider(provider_id))) WITH CHECK ((public.owns_provider(provider_id) OR public.judges_provider(provider_id)));

CREATE POLICY app_changes ON public.machine_secrets FOR UPDATE TO ap_app USING (public.administers_machine(machine_id)) WITH CHECK (public.administers_machine(machine_id));

CREATE POLICY app_changes ON public.machines FOR UPDATE TO ap_app USING (public.administers(organisation_id)) WITH CHECK (public.administers(organisation_id));

CREATE POLICY app_changes ON public.match_questions FOR UPDATE TO ap_app USING (COALESCE(public.answers_match(la_code), false)) WITH CHECK (COALESCE(public.answers_match(la_code), false));

CREATE POLICY app_changes ON public.memberships FOR UPDATE TO ap_app USING (public.administers(organisation_id)) WITH CHECK (public.administers(organisation_id));

CREATE POLICY app_changes ON public.merges FOR UPDATE TO ap_app USING ((public.judges_provider(kept_id) OR public.judges_provider(absorbed_id))) WITH CHECK ((public.judges_provider(kept_id) OR public.judges_provider(absorbed_id)));

CREATE POLICY app_changes ON public.offers FOR UPDATE TO ap_app USING ((public.owns_site(site_id) OR public.judges_site(site_id))) WITH CHECK ((public.owns_site(site_id) OR public.judges_site(site_id)));

CREATE POLICY app_changes ON public.organisations FOR UPDATE TO ap_app USING (((source = 'people'::text) AND (public.administers(id) OR ((introduced_by = public.acting_organisation()) AND public.administers(public.acting_organisation()))))) WITH CHECK (((source = 'people'::text) AND (public.administers(id) OR ((introduced_by = public.acting_organisation()) AND public.administers(public.acting_organisation())))));

CREATE POLICY app_changes ON public.people FOR UPDATE TO ap_app USING ((id = public.acting_person())) WITH CHECK ((id = public.acting_person()));

CREATE POLICY app_changes ON public.placements FOR UPDATE TO ap_app USING ((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation))) WITH CHECK ((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)));

CREATE POLICY app_changes ON public.provider_contacts FOR UPDATE TO ap_app USING ((public.owns_provider(provider_id) OR public.judges_provider(provider_id))) WITH CHECK ((public.owns_provider(provider_id) OR public.judges_provider(provider_id)));

CREATE POLICY app_changes ON public.provider_identifiers FOR UPDATE TO ap_app USING ((public.owns_provider(provider_id) OR public.judges_provider(provider_id))) WITH CHECK ((public.owns_provider(provider_id) OR public.judges_provider(provider_id)));

CREATE POLICY app_changes ON public.provider_links FOR UPDATE TO ap_app USING ((public.judges_provider(predecessor_id) OR public.judges_provider(successor_id))) WITH CHECK ((public.judges_provider(predecessor_id) OR public.judges_provider(successor_id)));

CREATE POLICY app_changes ON public.provider_names FOR UPDATE TO ap_app USING ((public.owns_provider(provider_id) OR public.judges_provider(provider_id))) WITH CHECK ((public.owns_provider(provider_id) OR public.judges_provider(provider_id)));

CREATE POLICY app_changes ON public.provider_owners FOR UPDATE TO ap_app USING (public.judges_provider(provider_id)) WITH CHECK (public.judges_provider(provider_id));

CREATE POLICY app_changes ON public.provider_people FOR UPDATE TO ap_app USING ((public.owns_provider(provider_id) OR public.judges_provider(provider_id))) WITH CHECK ((public.owns_provider(provider_id) OR public.judges_provider(provider_id)));

CREATE POLICY app_changes ON public.providers FOR UPDATE TO ap_app USING ((public.owns_provider(id) OR public.judges_provider(id))) WITH CHECK ((public.owns_provider(id) OR public.judges_provider(id)));

CREATE POLICY app_changes ON public.published_policies FOR UPDATE TO ap_app USING (( SELECT public.acts_for_department() AS acts_for_department)) WITH CHECK (( SELECT public.acts_for_department() AS acts_for_department));

CREATE POLICY app_changes ON public.received_results FOR UPDATE TO ap_app USING (((public.acting_person() IS NOT NULL) AND (organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) AND (NOT public.has_stake_in(provider_id)))) WITH CHECK (((public.acting_person() IS NOT NULL) AND (organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) AND (NOT public.has_stake_in(provider_id))));

CREATE POLICY app_changes ON public.redactions FOR UPDATE TO ap_app USING ((public.acts_for_department() AND public.judges_provider(provider_id) AND (COALESCE(settled_by, public.acting_person()) = public.acting_person()))) WITH CHECK ((public.acts_for_department() AND public.judges_provider(provider_id) AND (COALESCE(settled_by, public.acting_person()) = public.acting_person())));

CREATE POLICY app_changes ON public.registration_cases FOR UPDATE TO ap_app USING (( SELECT public.acts_for_department() AS acts_for_department)) WITH CHECK (( SELECT public.acts_for_department() AS acts_for_department));

CREATE POLICY app_changes ON public.reliances FOR UPDATE TO ap_app USING (((public.acting_person() IS NOT NULL) AND (organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])))) WITH CHECK (((public.acting_person() IS NOT NULL) AND (organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[]))));

CREATE POLICY app_changes ON public.review_openings FOR UPDATE TO ap_app USING (public.holds_placement(placement_id)) WITH CHECK (public.holds_placement(placement_id));

CREATE POLICY app_changes ON public.reviews_due FOR UPDATE TO ap_app USING (public.holds_placement(placement_id)) WITH CHECK (public.holds_placement(placement_id));

CREATE POLICY app_changes ON public.school_calendars FOR UPDATE TO ap_app USING ((organisation_id = ( SELECT public.acting_organisation() AS acting_organisation))) WITH CHECK ((organisation_id = ( SELECT public.acting_organisation() AS acting_organisation)));

CREATE POLICY app_changes ON public.self_evaluation_answers FOR UPDATE TO ap_app USING ((EXISTS ( SELECT
   FROM public.self_evaluations s
  WHERE ((s.id = self_evaluation_answers.self_evaluation_id) AND public.owns_site(s.site_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.self_evaluations s
  WHERE ((s.id = self_evaluation_answers.self_evaluation_id) AND public.owns_site(s.site_id)))));

CREATE POLICY app_changes ON public.self_evaluations FOR UPDATE TO ap_app USING ((public.owns_site(site_id) AND ((completed_by IS NULL) OR (completed_by = public.acting_person())))) WITH CHECK ((public.owns_site(site_id) AND ((completed_by IS NULL) OR (completed_by = public.acting_person()))));

CREATE POLICY app_changes ON public.sign_in_sessions FOR UPDATE TO ap_app USING ((person_id = public.acting_person())) WITH CHECK ((person_id = public.acting_person()));

CREATE POLICY app_changes ON public.site_checks FOR UPDATE TO ap_app USING ((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation))) WITH CHECK ((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)));

CREATE POLICY app_changes ON public.sites FOR UPDATE TO ap_app USING ((public.owns_provider(provider_id) OR public.judges_provider(provider_id))) WITH CHECK ((public.owns_provider(provider_id) OR public.judges_provider(provider_id)));

CREATE POLICY app_changes ON public.staff_members FOR UPDATE TO ap_app USING (public.owns_provider(provider_id)) WITH CHECK (public.owns_provider(provider_id));

CREATE POLICY app_changes ON public.standards_versions FOR UPDATE TO ap_app USING (( SELECT public.acts_for_department() AS acts_for_department)) WITH CHECK (( SELECT public.acts_for_department() AS acts_for_department));

CREATE POLICY app_changes ON public.walk_back_matches FOR UPDATE TO ap_app USING (public.judges_listing(listing_id)) WITH CHECK (public.judges_listing(listing_id));

CREATE POLICY app_follows ON public.child_circumstances FOR SELECT TO ap_app USING (public.follows_child(child_id));

CREATE POLICY app_follows ON public.child_particulars FOR SELECT TO ap_app USING (public.follows_child(child_id));

CREATE POLICY app_follows ON public.children FOR SELECT TO ap_app USING (public.follows_child(id));

CREATE POLICY app_follows ON public.placements FOR SELECT TO ap_app USING (public.follows_child(child_id));

CREATE POLICY app_removes ON public.child_circumstances FOR DELETE TO ap_app USING (public.holds_child(child_id));

CREATE POLICY app_removes ON public.child_particulars FOR DELETE TO ap_app USING (public.holds_child(child_id));

CREATE POLICY app_removes ON public.commitments FOR DELETE TO ap_app USING ((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)));

CREATE POLICY app_removes ON public.criteria FOR DELETE TO ap_app USING (( SELECT public.acts_for_department() AS acts_for_department));

CREATE POLICY app_removes ON public.criteria_crosswalk FOR DELETE TO ap_app USING (( SELECT public.acts_for_department() AS acts_for_department));

CREATE POLICY app_removes ON public.judgement_files FOR DELETE TO ap_app USING (public.may_see_notes(judgement_id));

CREATE POLICY app_removes ON public.judgement_notes FOR DELETE TO ap_app USING (public.may_see_notes(judgement_id));

CREATE POLICY app_removes ON public.reviews_due FOR DELETE TO ap_app USING (public.holds_placement(placement_id));

CREATE POLICY app_removes ON public.self_evaluation_evidence FOR DELETE TO ap_app USING ((EXISTS ( SELECT
   FROM public.self_evaluations s
  WHERE ((s.id = self_evaluation_evidence.self_evaluation_id) AND public.owns_site(s.site_id)))));

CREATE POLICY app_sees ON public.assessment_decisions FOR SELECT TO ap_app USING (public.may_see_assessment(assessment_id));

CREATE POLICY app_sees ON public.assessment_options FOR SELECT TO ap_app USING (public.may_see_assessment(assessment_id));

CREATE POLICY app_sees ON public.assessment_steps FOR SELECT TO ap_app USING (public.may_see_assessment(assessment_id));

CREATE POLICY app_sees ON public.assessment_tests FOR SELECT TO ap_app USING ((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)));

CREATE POLICY app_sees ON public.assessments FOR SELECT TO ap_app USING (((commissioner_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR public.is_responsible_for_child(child_id)));

CREATE POLICY app_sees ON public.attendance_alerts FOR SELECT TO ap_app USING (public.may_see_placement(placement_id));

CREATE POLICY app_sees ON public.attendance_closures FOR SELECT TO ap_app USING (((organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR (commissioner_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR ((site_id IS NOT NULL) AND ( SELECT public.acts_for_commissioner() AS acts_for_commissioner)) OR ((placement_id IS NOT NULL) AND (public.reports_for(placement_id) OR public.may_see_attendance(placement_id)))));

CREATE POLICY app_sees ON public.attendance_codes FOR SELECT TO ap_app USING (public.may_see_attendance(placement_id));

CREATE POLICY app_sees ON public.attendance_contacts FOR SELECT TO ap_app USING (public.may_see_placement(placement_id));

CREATE POLICY app_sees ON public.attendance_declarations FOR SELECT TO ap_app USING ((public.owns_provider(provider_id) OR COALESCE(public.answers_for_provider(provider_id), false)));

CREATE POLICY app_sees ON public.attendance_facts FOR SELECT TO ap_app USING ((public.reports_for(placement_id) OR public.may_see_attendance(placement_id)));

CREATE POLICY app_sees ON public.audit_entries FOR SELECT TO ap_app USING (((organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR (subject_organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[]))));

CREATE POLICY app_sees ON public.authenticators FOR SELECT TO ap_app USING ((person_id = public.acting_person()));

CREATE POLICY app_sees ON public.bank_references FOR SELECT TO ap_app USING (public.owns_provider(provider_id));

CREATE POLICY app_sees ON public.child_circumstances FOR SELECT TO ap_app USING (public.may_see_child(child_id));

CREATE POLICY app_sees ON public.child_particulars FOR SELECT TO ap_app USING (public.may_see_child(child_id));

CREATE POLICY app_sees ON public.children FOR SELECT TO ap_app USING (((commissioner_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR public.is_responsible_for_child(id) OR public.may_match_child(id)));

CREATE POLICY app_sees ON public.claims FOR SELECT TO ap_app USING ((public.answers_for_provider(provider_id) OR (organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[]))));

CREATE POLICY app_sees ON public.commitments FOR SELECT TO ap_app USING ((commissioner_id = ( SELECT public.acting_organisation() AS acting_organisation)));

CREATE POLICY app_sees ON public.concerns FOR SELECT TO ap_app USING (((public.acting_person() IS NOT NULL) AND ((organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR (COALESCE(public.answers_for_provider(provider_id), false) AND (NOT public.has_stake_in(provider_id))))));

CREATE POLICY app_sees ON public.criteria FOR SELECT TO ap_app USING ((EXISTS ( SELECT
   FROM public.standards_versions v
  WHERE (v.id = criteria.version_id))));

CREATE POLICY app_sees ON public.criteria_crosswalk FOR SELECT TO ap_app USING ((EXISTS ( SELECT
   FROM public.criteria c
  WHERE (c.id = criteria_crosswalk.to_criterion_id))));

CREATE POLICY app_sees ON public.declared_bands FOR SELECT TO ap_app USING ((EXISTS ( SELECT
   FROM public.attendance_declarations d
  WHERE (d.id = declared_bands.declaration_id))));

CREATE POLICY app_sees ON public.declared_interests FOR SELECT TO ap_app USING (((person_id = public.acting_person()) OR (organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[]))));

CREATE POLICY app_sees ON public.document_shares FOR SELECT TO ap_app USING ((public.owns_provider(provider_id) OR public.answers_for_provider(provider_id) OR (organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[]))));

CREATE POLICY app_sees ON public.documents FOR SELECT TO ap_app USING ((public.owns_provider(provider_id) OR public.answers_for_provider(provider_id) OR public.evidence_is_shared(provider_id, id)));

CREATE POLICY app_sees ON public.duty_contacts FOR SELECT TO ap_app USING (public.may_see_duties(placement_id));

CREATE POLICY app_sees ON public.duty_offers FOR SELECT TO ap_app USING (((from_organisation_id = ANY (( SELECT public.bodies_acted_as() AS bodies_acted_as)::uuid[])) OR (to_organisation_id = ANY (( SELECT public.bodies_acted_as() AS bodies_acted_as)::uuid[])) OR public.may_see_placement(placement_id)));

CREATE POLICY app_sees ON public.duty_periods FOR SELECT TO ap_app USING (public.may_see_duties(placement_id));

CREATE POLICY app_sees ON public.erasures FOR SELECT TO ap_app USING (public.may_see_child(child_id));

CREATE POLICY app_sees ON public.files FOR SELECT TO ap_app USING ((organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])));

CREATE POLICY app_sees ON public.follow_up_handovers FOR SELECT TO ap_app USING (public.may_see_follow_up(follow_up_id));

CREATE POLICY app_sees ON public.follow_up_spells FOR SELECT TO ap_app USING (public.may_see_follow_up(follow_up_id));

CREATE POLICY app_sees ON public.follow_up_steps FOR SELECT TO ap_app USING (public.may_see_follow_up(follow_up_id));

CREATE POLICY app_sees ON public.follow_ups FOR SELECT TO ap_app USING (((commissioner_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR (school_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR (la_code = NULLIF(current_setting('app.la_code'::text, true), ''::text)) OR (care_la_code = NULLIF(current_setting('app.la_code'::text, true), ''::text)) OR ( SELECT public.acts_for_department() AS acts_for_department) OR public.is_asked_to_follow(id)));

CREATE POLICY app_sees ON public.full_time_findings FOR SELECT TO ap_app USING (( SELECT public.acts_for_department() AS acts_for_department));

CREATE POLICY app_sees ON public.funding_arrangements FOR SELECT TO ap_app USING ((public.may_see_placement(placement_id) OR public.pays_for(id) OR public.provides_for(id)));

CREATE POLICY app_sees ON public.funding_budgets FOR SELECT TO ap_app USING ((public.may_see_placement(( SELECT a.placement_id
   FROM public.funding_arrangements a
  WHERE (a.id = funding_budgets.arrangement_id))) OR public.pays_part(arrangement_id, terms_number, payer_number)));

CREATE POLICY app_sees ON public.funding_disputes FOR SELECT TO ap_app USING (public.may_see_funding(arrangement_id));

CREATE POLICY app_sees ON public.funding_overrides FOR SELECT TO ap_app USING (public.may_see_funding(arrangement_id));

CREATE POLICY app_sees ON public.funding_payers FOR SELECT TO ap_app USING ((public.may_see_funding(arrangement_id) OR public.provides_for(arrangement_id)));

CREATE POLICY app_sees ON public.funding_recoveries FOR SELECT TO ap_app USING (public.may_see_funding(arrangement_id));

CREATE POLICY app_sees ON public.funding_signatures FOR SELECT TO ap_app USING (public.may_see_funding(arrangement_id));

CREATE POLICY app_sees ON public.funding_terms FOR SELECT TO ap_app USING ((public.may_see_funding(arrangement_id) OR public.provides_for(arrangement_id)));

CREATE POLICY app_sees ON public.idempotency_keys FOR SELECT TO ap_app USING ((caller =
CASE
    WHEN (public.acting_machine() IS NOT NULL) THEN ('machine:'::text || public.acting_machine())
    ELSE ('person:'::text || public.acting_person())
END));

CREATE POLICY app_sees ON public.inspection_actions FOR SELECT TO ap_app USING (public.may_see_findings(inspection_id));

CREATE POLICY app_sees ON public.inspection_amendments FOR SELECT TO ap_app USING (public.amends_inspection(inspection_id));

CREATE POLICY app_sees ON public.inspection_appeals FOR SELECT TO ap_app USING (public.may_see_findings(inspection_id));

CREATE POLICY app_sees ON public.inspection_checks FOR SELECT TO ap_app USING ((public.may_see_inspection(inspection_id) AND (NOT public.owns_inspected(inspection_id))));

CREATE POLICY app_sees ON public.inspection_comments FOR SELECT TO ap_app USING (public.may_see_findings(inspection_id));

CREATE POLICY app_sees ON public.inspection_files FOR SELECT TO ap_app USING (public.may_see_inspection_files(inspection_id));

CREATE POLICY app_sees ON public.inspection_judgements FOR SELECT TO ap_app USING (public.may_see_findings(inspection_id));

CREATE POLICY app_sees ON public.inspection_publications FOR SELECT TO ap_app USING (public.may_see_provider(provider_id));

CREATE POLICY app_sees ON public.inspection_replies FOR SELECT TO ap_app USING (public.may_see_findings(inspection_id));

CREATE POLICY app_sees ON public.inspection_revisits FOR SELECT TO ap_app USING (public.may_see_findings(inspection_id));

CREATE POLICY app_sees ON public.inspection_sites FOR SELECT TO ap_app USING (public.may_see_inspection(inspection_id));

CREATE POLICY app_sees ON public.inspections FOR SELECT TO ap_app USING (public.may_see_inspection(id));

CREATE POLICY app_sees ON public.inspectors FOR SELECT TO ap_app USING (public.may_see_inspection(inspection_id));

CREATE POLICY app_sees ON public.institution_sites FOR SELECT TO ap_app USING ((public.owns_provider(provider_id) OR public.answers_for_provider(provider_id)));

CREATE POLICY app_sees ON public.interim_payers FOR SELECT TO ap_app USING (public.may_see_funding(arrangement_id));

CREATE POLICY app_sees ON public.interim_suspensions FOR SELECT TO ap_app USING ((public.owns_provider(provider_id) OR public.answers_for_provider(provider_id)));

CREATE POLICY app_sees ON public.invitations FOR SELECT TO ap_app USING ((public.administers(organisation_id) OR public.welcomes(organisation_id)));

CREATE POLICY app_sees ON public.judgement_files FOR SELECT TO ap_app USING (public.may_see_notes(judgement_id));

CREATE POLICY app_sees ON public.judgement_notes FOR SELECT TO ap_app USING (public.may_see_notes(judgement_id));

CREATE POLICY app_sees ON public.listing_moves FOR SELECT TO ap_app USING ((public.owns_listing(listing_id) OR public.answers_for_listing(listing_id)));

CREATE POLICY app_sees ON public.listing_proposals FOR SELECT TO ap_app USING (public.answers_for_listing(listing_id));

CREATE POLICY app_sees ON public.listing_questions FOR SELECT TO ap_app USING ((public.owns_listing(listing_id) OR public.answers_for_listing(listing_id)));

CREATE POLICY app_sees ON public.listings FOR SELECT TO ap_app USING ((public.owns_provider(provider_id) OR public.answers_for_provider(provider_id)));

CREATE POLICY app_sees ON public.machine_secrets FOR SELECT TO ap_app USING (public.administers_machine(machine_id));

CREATE POLICY app_sees ON public.machines FOR SELECT TO ap_app USING (public.administers(organisation_id));

CREATE POLICY app_sees ON public.match_questions FOR SELECT TO ap_app USING (COALESCE(public.answers_match(la_code), false));

CREATE POLICY app_sees ON public.matching_keys FOR SELECT TO ap_app USING (((public.acting_person() IS NOT NULL) AND (NOT (purpose ~~ 'child-%'::text))));

CREATE POLICY app_sees ON public.memberships FOR SELECT TO ap_app USING (((person_id = public.acting_person()) OR (organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[]))));

CREATE POLICY app_sees ON public.merge_moves FOR SELECT TO ap_app USING ((EXISTS ( SELECT
   FROM public.merges m
  WHERE (m.id = merge_moves.merge_id))));

CREATE POLICY app_sees ON public.merges FOR SELECT TO ap_app USING ((public.answers_for_provider(kept_id) OR public.answers_for_provider(absorbed_id)));

CREATE POLICY app_sees ON public.notice_sendings FOR SELECT TO ap_app USING (public.may_see_placement(placement_id));

CREATE POLICY app_sees ON public.offers FOR SELECT TO ap_app USING ((EXISTS ( SELECT
   FROM public.sites s
  WHERE (s.id = offers.site_id))));

CREATE POLICY app_sees ON public.organisation_identifiers FOR SELECT TO ap_app USING (public.may_see_organisation(organisation_id));

CREATE POLICY app_sees ON public.organisations FOR SELECT TO ap_app USING (((kind <> 'provider-owner'::text) OR (introduced_by = public.acting_organisation()) OR (id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[]))));

CREATE POLICY app_sees ON public.passkeys FOR SELECT TO ap_app USING ((person_id = public.acting_person()));

CREATE POLICY app_sees ON public.people FOR SELECT TO ap_app USING (public.may_see_person(id));

CREATE POLICY app_sees ON public.person_contacts FOR SELECT TO ap_app USING (public.may_write_to(person_id));

CREATE POLICY app_sees ON public.person_identities FOR SELECT TO ap_app USING ((person_id = public.acting_person()));

CREATE POLICY app_sees ON public.placement_notices FOR SELECT TO ap_app USING (public.may_see_placement(placement_id));

CREATE POLICY app_sees ON public.placement_reviews FOR SELECT TO ap_app USING (public.may_see_placement(placement_id));

CREATE POLICY app_sees ON public.placement_sessions FOR SELECT TO ap_app USING (public.may_see_placement(public.timetabled_for(timetable_id)));

CREATE POLICY app_sees ON public.placement_timetables FOR SELECT TO ap_app USING (public.may_see_placement(placement_id));

CREATE POLICY app_sees ON public.placements FOR SELECT TO ap_app USING (((commissioner_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR public.is_responsible_for_child(child_id)));

CREATE POLICY app_sees ON public.provider_confirmations FOR SELECT TO ap_app USING ((public.owns_provider(provider_id) OR public.answers_for_provider(provider_id)));

CREATE POLICY app_sees ON public.provider_consents FOR SELECT TO ap_app USING ((public.owns_provider(provider_id) OR public.answers_for_provider(provider_id)));

CREATE POLICY app_sees ON public.provider_contacts FOR SELECT TO ap_app USING ((public.owns_provider(provider_id) OR public.answers_for_provider(provider_id)));

CREATE POLICY app_sees ON public.provider_identifiers FOR SELECT TO ap_app USING (((( SELECT public.acts_for_commissioner() AS acts_for_commissioner) AND (EXISTS ( SELECT
   FROM public.provider_known_by k
  WHERE (k.provider_id = provider_identifiers.provider_id)))) OR public.may_see_provider(provider_id)));

CREATE POLICY app_sees ON public.provider_known_by FOR SELECT TO ap_app USING (((la_code = NULLIF(current_setting('app.la_code'::text, true), ''::text)) OR ( SELECT public.acts_for_commissioner() AS acts_for_commissioner)));

CREATE POLICY app_sees ON public.provider_links FOR SELECT TO ap_app USING ((public.answers_for_provider(predecessor_id) OR public.answers_for_provider(successor_id) OR public.owns_provider(predecessor_id) OR public.owns_provider(successor_id)));

CREATE POLICY app_sees ON public.provider_names FOR SELECT TO ap_app USING (((( SELECT public.acts_for_commissioner() AS acts_for_commissioner) AND (EXISTS ( SELECT
   FROM public.provider_known_by k
  WHERE (k.provider_id = provider_names.provider_id)))) OR public.may_see_provider(provider_id)));

CREATE POLICY app_sees ON public.provider_owners FOR SELECT TO ap_app USING ((public.owns_provider(provider_id) OR public.answers_for_provider(provider_id)));

CREATE POLICY app_sees ON public.provider_people FOR SELECT TO ap_app USING ((public.owns_provider(provider_id) OR public.answers_for_provider(provider_id)));

CREATE POLICY app_sees ON public.provider_safeguarding_items FOR SELECT TO ap_app USING ((public.may_see_attendance(placement_id) OR public.provides_place(placement_id)));

CREATE POLICY app_sees ON public.provider_verifications FOR SELECT TO ap_app USING ((public.owns_provider(provider_id) OR public.answers_for_provider(provider_id)));

CREATE POLICY app_sees ON public.providers FOR SELECT TO ap_app USING (((( SELECT public.acts_for_commissioner() AS acts_for_commissioner) AND (EXISTS ( SELECT
   FROM public.provider_known_by k
  WHERE (k.provider_id = providers.id)))) OR public.may_see_provider(id)));

CREATE POLICY app_sees ON public.published_policies FOR SELECT TO ap_app USING (((state = 'published'::text) OR ( SELECT public.acts_for_department() AS acts_for_department)));

CREATE POLICY app_sees ON public.received_results FOR SELECT TO ap_app USING ((((organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR COALESCE(public.answers_for_provider(provider_id), false)) AND (NOT public.has_stake_in(provider_id))));

CREATE POLICY app_sees ON public.redactions FOR SELECT TO ap_app USING (public.answers_for_provider(provider_id));

CREATE POLICY app_sees ON public.registration_cases FOR SELECT TO ap_app USING (COALESCE(public.answers_for_provider(provider_id), false));

CREATE POLICY app_sees ON public.reliances FOR SELECT TO ap_app USING (((organisation_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR public.may_see_inspection(inspection_id)));

CREATE POLICY app_sees ON public.review_contributions FOR SELECT TO ap_app USING (public.may_see_placement(placement_id));

CREATE POLICY app_sees ON public.review_openings FOR SELECT TO ap_app USING (public.may_see_placement(placement_id));

CREATE POLICY app_sees ON public.reviews_due FOR SELECT TO ap_app USING (((commissioner_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR public.may_see_placement(placement_id)));

CREATE POLICY app_sees ON public.safe_contacts FOR SELECT TO ap_app USING ((public.holds_child(child_id) OR public.is_responsible_for_child(child_id) OR public.acts_for_child(child_id)));

CREATE POLICY app_sees ON public.safeguarding_items FOR SELECT TO ap_app USING (public.may_see_attendance(placement_id));

CREATE POLICY app_sees ON public.safeguarding_statuses FOR SELECT TO ap_app USING (((commissioner_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR public.may_see_placement(placement_id)));

CREATE POLICY app_sees ON public.school_calendars FOR SELECT TO ap_app USING (true);

CREATE POLICY app_sees ON public.self_evaluation_answers FOR SELECT TO ap_app USING ((EXISTS ( SELECT
   FROM public.self_evaluations s
  WHERE (s.id = self_evaluation_answers.self_evaluation_id))));

CREATE POLICY app_sees ON public.self_evaluation_evidence FOR SELECT TO ap_app USING ((EXISTS ( SELECT
   FROM public.self_evaluations s
  WHERE (s.id = self_evaluation_evidence.self_evaluation_id))));

CREATE POLICY app_sees ON public.self_evaluations FOR SELECT TO ap_app USING ((public.owns_site(site_id) OR (public.answers_for_provider(( SELECT s.provider_id
   FROM public.sites s
  WHERE (s.id = self_evaluations.site_id))) AND ((completed_at IS NOT NULL) OR (EXISTS ( SELECT
   FROM public.listings l
  WHERE ((l.site_id = self_evaluations.site_id) AND (l.state = ANY (ARRAY['submitted'::text, 'in-assessment'::text]))))))) OR ((completed_at IS NOT NULL) AND public.evidence_is_shared(( SELECT s.provider_id
   FROM public.sites s
  WHERE (s.id = self_evaluations.site_id)), NULL::uuid))));

CREATE POLICY app_sees ON public.sign_in_sessions FOR SELECT TO ap_app USING ((person_id = public.acting_person()));

CREATE POLICY app_sees ON public.site_checks FOR SELECT TO ap_app USING (((commissioner_id = ANY (( SELECT public.organisations_acted_for() AS organisations_acted_for)::uuid[])) OR (is_shared AND COALESCE(public.shares_root_with(commissioner_id), false))));

CREATE POLICY app_sees ON public.site_outcomes FOR SELECT TO ap_app USING ((EXISTS ( SELECT
   FROM public.sites s
  WHERE (s.id = site_outcomes.site_id))));

CREATE POLICY app_sees ON public.sites FOR SELECT TO ap_app USING (((( SELECT public.acts_for_commissioner() AS acts_for_commissioner) AND (EXISTS ( SELECT
   FROM public.provider_known_by k
  WHERE (k.provider_id = sites.provider_id)))) OR public.may_see_provider(provider_id)));

CREATE POLICY app_sees ON public.staff_checks FOR SELECT TO ap_app USING ((EXISTS ( SELECT
   FROM public.staff_members m
  WHERE (m.id = staff_checks.staff_member_id))));

CREATE POLICY app_sees ON public.staff_members FOR SELECT TO ap_app USING ((public.owns_provider(provider_id) OR public.answers_for_provider(provider_id) OR public.evidence_is_shared(provider_id, NULL::uuid)));

CREATE POLICY app_sees ON public.standards_impacts FOR SELECT TO ap_app USING ((EXISTS ( SELECT
   FROM public.sites s
  WHERE (s.id = standards_impacts.site_id))));

CREATE POLICY app_sees ON public.standards_versions FOR SELECT TO ap_app USING (((state = 'published'::text) OR ( SELECT public.acts_for_department() AS acts_for_department)));

CREATE POLICY app_sees ON public.suspension_reviews FOR SELECT TO ap_app USING ((EXISTS ( SELECT
   FROM public.interim_suspensions s
  WHERE ((s.id = suspension_reviews.suspension_id) AND public.answers_for_provider(s.provider_id)))));

CREATE POLICY app_sees ON public.urgent_starts FOR SELECT TO ap_app USING (public.may_see_attendance(placement_id));

CREATE POLICY app_sees ON public.walk_back_matches FOR SELECT TO ap_app USING (public.answers_for_listing(listing_id));

CREATE POLICY app_sees ON public.withheld_replies FOR SELECT TO ap_app USING (public.may_see_findings(inspection_id));

CREATE POLICY app_sees_documents ON public.files FOR SELECT TO ap_app USING ((EXISTS ( SELECT
   FROM public.documents d
  WHERE (d.file_id = files.id))));

CREATE POLICY app_sees_of_inspections ON public.files FOR SELECT TO ap_app USING ((EXISTS ( SELECT
   FROM public.inspection_files f
  WHERE (f.file_id = files.id))));

CREATE POLICY app_sees_own ON public.organisations FOR SELECT TO ap_app USING ((id = ANY (( SELECT public.organisations_belonged_to() AS organisations_belonged_to)::uuid[])));

CREATE POLICY app_sees_own_site ON public.institution_sites FOR SELECT TO ap_app USING (public.owns_site(site_id));

ALTER TABLE public.assessment_decisions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.assessment_options ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.assessment_steps ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.assessment_tests ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.assessments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.attendance_alerts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.attendance_closures ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.attendance_codes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.attendance_contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.attendance_declarations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.attendance_facts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_entries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.authenticators ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.bank_references ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.child_circumstances ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.child_links ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.child_particulars ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.children ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.claims ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.commitments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.concerns ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.criteria ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.criteria_crosswalk ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.declared_bands ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.declared_interests ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.document_shares ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.documents ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.duty_contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.duty_offers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.duty_periods ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.emailed_links ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.erased_placement_areas ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.erasures ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.follow_up_handovers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.follow_up_spells ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.follow_up_steps ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.follow_ups ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.full_time_findings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.funding_arrangements ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.funding_budgets ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.funding_disputes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.funding_overrides ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.funding_payers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.funding_recoveries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.funding_signatures ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.funding_terms ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.idempotency_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inspection_actions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inspection_amendments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inspection_appeals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inspection_checks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inspection_comments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inspection_files ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inspection_judgements ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inspection_publications ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inspection_replies ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inspection_revisits ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inspection_sites ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inspections ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inspectors ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.institution_sites ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.interim_payers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.interim_suspensions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.invitations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.jobs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.judgement_files ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.judgement_notes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.listing_moves ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.listing_proposals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.listing_questions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.listings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.machine_secrets ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.machines ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.match_questions ENABLE ROW LEVEL SECURITY;

CREATE POLICY matcher_adds ON public.child_links FOR INSERT TO ap_matcher WITH CHECK (true);

CREATE POLICY matcher_adds ON public.match_questions FOR INSERT TO ap_matcher WITH CHECK (true);

CREATE POLICY matcher_adds ON public.matching_keys FOR INSERT TO ap_matcher WITH CHECK ((purpose ~~ 'child-%'::text));

CREATE POLICY matcher_changes ON public.child_links FOR UPDATE TO ap_matcher USING (true) WITH CHECK (true);

CREATE POLICY matcher_changes ON public.commitments FOR UPDATE TO ap_matcher USING (true) WITH CHECK (true);

CREATE POLICY matcher_changes ON public.match_questions FOR UPDATE TO ap_matcher USING (true) WITH CHECK (true);

CREATE POLICY matcher_removes ON public.child_links FOR DELETE TO ap_matcher USING (true);

CREATE POLICY matcher_removes ON public.match_questions FOR DELETE TO ap_matcher USING (true);

CREATE POLICY matcher_sees ON public.child_circumstances FOR SELECT TO ap_matcher USING (true);

CREATE POLICY matcher_sees ON public.child_links FOR SELECT TO ap_matcher USING (true);

CREATE POLICY matcher_sees ON public.children FOR SELECT TO ap_matcher USING (true);

CREATE POLICY matcher_sees ON public.commitments FOR SELECT TO ap_matcher USING (true);

CREATE POLICY matcher_sees ON public.match_questions FOR SELECT TO ap_matcher USING (true);

CREATE POLICY matcher_sees ON public.matching_keys FOR SELECT TO ap_matcher USING ((purpose ~~ 'child-%'::text));

CREATE POLICY matcher_sees ON public.placements FOR SELECT TO ap_matcher USING (true);

ALTER TABLE public.matching_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.memberships ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.merge_moves ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.merges ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notice_sendings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.offers ENABLE ROW LEVEL SECURITY;

CREATE POLICY operator_adds ON public.audit_entries FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.bank_references FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.claims FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.commitments FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.concerns FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.declared_interests FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.document_shares FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.documents FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.emailed_links FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.files FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.inspection_actions FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.inspection_amendments FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.inspection_appeals FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.inspection_checks FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.inspection_comments FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.inspection_judgements FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.inspection_publications FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.inspection_replies FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.inspection_revisits FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.inspection_sites FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.inspections FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.inspectors FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.institution_sites FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.interim_suspensions FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.invitations FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.jobs FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.judgement_files FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.judgement_notes FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.listing_moves FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.listing_proposals FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.listing_questions FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.listings FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.matching_keys FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.memberships FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.merge_moves FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.merges FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.organisation_identifiers FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.organisations FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.people FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.person_contacts FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.person_identities FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.provider_confirmations FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.provider_consents FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.provider_contacts FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.provider_links FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.provider_owners FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.provider_people FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.provider_verifications FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.reliances FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.self_evaluation_answers FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.self_evaluation_evidence FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.self_evaluations FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.signing_keys FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.staff_checks FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.staff_members FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.suspension_reviews FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.walk_back_matches FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_adds ON public.withheld_replies FOR INSERT TO ap_operator WITH CHECK (true);

CREATE POLICY operator_changes ON public.authenticators FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.bank_references FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.children FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.claims FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.commitments FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.concerns FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.declared_interests FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.document_shares FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.documents FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.emailed_links FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.inspection_actions FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.inspection_amendments FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.inspection_appeals FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.inspection_checks FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.inspection_comments FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.inspection_judgements FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.inspection_publications FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.inspection_replies FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.inspection_revisits FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.inspection_sites FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.inspections FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.inspectors FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.institution_sites FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.interim_suspensions FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.invitations FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.jobs FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.judgement_files FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.judgement_notes FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.listing_moves FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.listing_proposals FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.listing_questions FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.listings FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.matching_keys FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.memberships FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.merge_moves FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.merges FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.organisations FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.people FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.person_contacts FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.person_identities FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.provider_confirmations FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.provider_consents FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.provider_contacts FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.provider_links FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.provider_owners FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.provider_people FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.provider_verifications FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.reliances FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.self_evaluation_answers FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.self_evaluation_evidence FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.self_evaluations FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.sign_in_sessions FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.sign_in_steps FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.signing_keys FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.staff_checks FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.staff_members FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_changes ON public.walk_back_matches FOR UPDATE TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_removes ON public.jobs FOR DELETE TO ap_operator USING (true);

CREATE POLICY operator_removes ON public.organisation_identifiers FOR DELETE TO ap_operator USING (true);

CREATE POLICY operator_removes ON public.self_evaluation_evidence FOR DELETE TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.audit_entries FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.authenticators FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.bank_references FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.children FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.claims FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.commitments FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.concerns FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.criteria FOR SELECT TO ap_operator USING ((EXISTS ( SELECT
   FROM public.standards_versions v
  WHERE (v.id = criteria.version_id))));

CREATE POLICY operator_sees ON public.criteria_crosswalk FOR SELECT TO ap_operator USING ((EXISTS ( SELECT
   FROM public.criteria c
  WHERE (c.id = criteria_crosswalk.to_criterion_id))));

CREATE POLICY operator_sees ON public.declared_interests FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.document_shares FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.documents FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.emailed_links FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.erasures FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.files FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.inspection_actions FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.inspection_amendments FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.inspection_appeals FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.inspection_checks FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.inspection_comments FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.inspection_files FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.inspection_judgements FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.inspection_publications FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.inspection_replies FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.inspection_revisits FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.inspection_sites FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.inspections FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.inspectors FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.institution_sites FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.interim_suspensions FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.invitations FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.jobs FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.judgement_files FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.judgement_notes FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.listing_moves FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.listing_proposals FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.listing_questions FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.listings FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.matching_keys FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.memberships FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.merge_moves FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.merges FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.organisation_identifiers FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.organisations FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.people FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.person_contacts FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.person_identities FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.provider_confirmations FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.provider_consents FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.provider_contacts FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.provider_links FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.provider_owners FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.provider_people FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.provider_verifications FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.published_policies FOR SELECT TO ap_operator USING ((state = 'published'::text));

CREATE POLICY operator_sees ON public.received_results FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.reliances FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.reminders FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.self_evaluation_answers FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.self_evaluation_evidence FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.self_evaluations FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.sign_in_sessions FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.sign_in_steps FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.signing_keys FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.site_outcomes FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.staff_checks FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.staff_members FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.standards_impacts FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.standards_versions FOR SELECT TO ap_operator USING ((state = 'published'::text));

CREATE POLICY operator_sees ON public.suspension_reviews FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.walk_back_matches FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_sees ON public.withheld_replies FOR SELECT TO ap_operator USING (true);

CREATE POLICY operator_works ON public.offers TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_works ON public.provider_identifiers TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_works ON public.provider_known_by TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_works ON public.provider_names TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_works ON public.provider_status_changes TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_works ON public.providers TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_works ON public.sites TO ap_operator USING (true) WITH CHECK (true);

ALTER TABLE public.organisation_identifiers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.organisations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.passkeys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.people ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.person_contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.person_identities ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.placement_notices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.placement_reviews ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.placement_sessions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.placement_timetables ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.placements ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_confirmations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_consents ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_identifiers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_known_by ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_links ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_names ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_owners ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_people ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_safeguarding_items ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_status_changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_verifications ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.providers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.published_policies ENABLE ROW LEVEL SECURITY;

CREATE POLICY publisher_adds ON public.provider_status_changes FOR INSERT TO ap_publisher WITH CHECK (true);

CREATE POLICY publisher_adds ON public.site_outcomes FOR INSERT TO ap_publisher WITH CHECK (true);

CREATE POLICY publisher_adds ON public.standards_impacts FOR INSERT TO ap_publisher WITH CHECK (true);

CREATE POLICY publisher_changes ON public.site_outcomes FOR UPDATE TO ap_publisher USING (true) WITH CHECK (true);

CREATE POLICY publisher_changes ON public.standards_impacts FOR UPDATE TO ap_publisher USING (true) WITH CHECK (true);

CREATE POLICY publisher_numbers ON public.providers FOR UPDATE TO ap_publisher USING (true);

CREATE POLICY publisher_removes ON public.standards_impacts FOR DELETE TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.criteria FOR SELECT TO ap_publisher USING ((EXISTS ( SELECT
   FROM public.standards_versions v
  WHERE (v.id = criteria.version_id))));

CREATE POLICY publisher_sees ON public.criteria_crosswalk FOR SELECT TO ap_publisher USING ((EXISTS ( SELECT
   FROM public.criteria c
  WHERE (c.id = criteria_crosswalk.to_criterion_id))));

CREATE POLICY publisher_sees ON public.declared_interests FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.documents FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.files FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.inspection_appeals FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.inspection_checks FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.inspection_judgements FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.inspection_publications FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.inspection_revisits FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.inspection_sites FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.inspections FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.inspectors FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.interim_suspensions FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.judgement_files FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.judgement_notes FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.listing_moves FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.listings FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.offers FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.provider_confirmations FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.provider_consents FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.provider_identifiers FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.provider_links FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.provider_names FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.provider_owners FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.provider_verifications FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.providers FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.published_policies FOR SELECT TO ap_publisher USING ((state = 'published'::text));

CREATE POLICY publisher_sees ON public.site_outcomes FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.sites FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.standards_impacts FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.standards_versions FOR SELECT TO ap_publisher USING ((state = 'published'::text));

CREATE POLICY read_sees ON public.criteria FOR SELECT TO ap_read USING ((EXISTS ( SELECT
   FROM public.standards_versions v
  WHERE (v.id = criteria.version_id))));

CREATE POLICY read_sees ON public.criteria_crosswalk FOR SELECT TO ap_read USING ((EXISTS ( SELECT
   FROM public.criteria c
  WHERE (c.id = criteria_crosswalk.to_criterion_id))));

CREATE POLICY read_sees ON public.inspection_actions FOR SELECT TO ap_read USING (public.is_public_provider(provider_id));

CREATE POLICY read_sees ON public.inspection_appeals FOR SELECT TO ap_read USING (public.is_public_provider(provider_id));

CREATE POLICY read_sees ON public.inspection_publications FOR SELECT TO ap_read USING (public.is_public_provider(provider_id));

CREATE POLICY read_sees ON public.inspection_replies FOR SELECT TO ap_read USING ((public.is_public_provider(provider_id) AND (NOT (EXISTS ( SELECT
   FROM public.withheld_replies w
  WHERE (w.reply_id = inspection_replies.id))))));

CREATE POLICY read_sees ON public.inspection_revisits FOR SELECT TO ap_read USING (public.is_public_provider(provider_id));

CREATE POLICY read_sees ON public.inspections FOR SELECT TO ap_read USING (((state = 'published'::text) AND public.is_public_provider(provider_id)));

CREATE POLICY read_sees ON public.published_policies FOR SELECT TO ap_read USING ((state = 'published'::text));

CREATE POLICY read_sees ON public.standards_versions FOR SELECT TO ap_read USING ((state = 'published'::text));

CREATE POLICY read_sees ON public.withheld_replies FOR SELECT TO ap_read USING (public.is_public_provider(provider_id));

ALTER TABLE public.received_results ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.redactions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.registration_cases ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reliances ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reminders ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.review_contributions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.review_openings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.review_watches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reviews_due ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.safe_contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.safeguarding_items ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.safeguarding_statuses ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.school_calendars ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.self_evaluation_answers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.self_evaluation_evidence ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.self_evaluations ENABLE ROW LEVEL SECURITY;

CREATE POLICY sign_in_adds ON public.audit_entries FOR INSERT TO ap_sign_in WITH CHECK (true);

CREATE POLICY sign_in_adds ON public.authenticators FOR INSERT TO ap_sign_in WITH CHECK (true);

CREATE POLICY sign_in_adds ON public.emailed_links FOR INSERT TO ap_sign_in WITH CHECK (true);

CREATE POLICY sign_in_adds ON public.invitations FOR INSERT TO ap_sign_in WITH CHECK (true);

CREATE POLICY sign_in_adds ON public.jobs FOR INSERT TO ap_sign_in WITH CHECK (true);

CREATE POLICY sign_in_adds ON public.memberships FOR INSERT TO ap_sign_in WITH CHECK (true);

CREATE POLICY sign_in_adds ON public.passkeys FOR INSERT TO ap_sign_in WITH CHECK (true);

CREATE POLICY sign_in_adds ON public.people FOR INSERT TO ap_sign_in WITH CHECK (true);

CREATE POLICY sign_in_adds ON public.person_contacts FOR INSERT TO ap_sign_in WITH CHECK (true);

CREATE POLICY sign_in_adds ON public.person_identities FOR INSERT TO ap_sign_in WITH CHECK (true);

CREATE POLICY sign_in_adds ON public.sign_in_attempts FOR INSERT TO ap_sign_in WITH CHECK (true);

CREATE POLICY sign_in_adds ON public.sign_in_sessions FOR INSERT TO ap_sign_in WITH CHECK (true);

CREATE POLICY sign_in_adds ON public.sign_in_steps FOR INSERT TO ap_sign_in WITH CHECK (true);

CREATE POLICY sign_in_adds ON public.signing_keys FOR INSERT TO ap_sign_in WITH CHECK (true);

ALTER TABLE public.sign_in_attempts ENABLE ROW LEVEL SECURITY;

CREATE POLICY sign_in_changes ON public.authenticators FOR UPDATE TO ap_sign_in USING (true) WITH CHECK (true);

CREATE POLICY sign_in_changes ON public.emailed_links FOR UPDATE TO ap_sign_in USING (true) WITH CHECK (true);

CREATE POLICY sign_in_changes ON public.invitations FOR UPDATE TO ap_sign_in USING (true) WITH CHECK (true);

CREATE POLICY sign_in_changes ON public.machine_secrets FOR UPDATE TO ap_sign_in USING (true) WITH CHECK (true);

CREATE POLICY sign_in_changes ON public.memberships FOR UPDATE TO ap_sign_in USING (true) WITH CHECK (true);

CREATE POLICY sign_in_changes ON public.passkeys FOR UPDATE TO ap_sign_in USING (true) WITH CHECK (true);

CREATE POLICY sign_in_changes ON public.people FOR UPDATE TO ap_sign_in USING (true) WITH CHECK (true);

CREATE POLICY sign_in_changes ON public.person_contacts FOR UPDATE TO ap_sign_in USING (true) WITH CHECK (true);

CREATE POLICY sign_in_changes ON public.person_identities FOR UPDATE TO ap_sign_in USING (true) WITH CHECK (true);

CREATE POLICY sign_in_changes ON public.sign_in_attempts FOR UPDATE TO ap_sign_in USING (true) WITH CHECK (true);

CREATE POLICY sign_in_changes ON public.sign_in_sessions FOR UPDATE TO ap_sign_in USING (true) WITH CHECK (true);

CREATE POLICY sign_in_changes ON public.sign_in_steps FOR UPDATE TO ap_sign_in USING (true) WITH CHECK (true);

CREATE POLICY sign_in_removes ON public.authenticators FOR DELETE TO ap_sign_in USING (true);

CREATE POLICY sign_in_removes ON public.passkeys FOR DELETE TO ap_sign_in USING (true);

CREATE POLICY sign_in_removes ON public.sign_in_attempts FOR DELETE TO ap_sign_in USING (true);

CREATE POLICY sign_in_removes ON public.sign_in_sessions FOR DELETE TO ap_sign_in USING (true);

CREATE POLICY sign_in_removes ON public.sign_in_steps FOR DELETE TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.authenticators FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.emailed_links FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.invitations FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.machine_secrets FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.machines FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.memberships FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.organisation_identifiers FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.organisations FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.passkeys FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.people FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.person_contacts FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.person_identities FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.sign_in_attempts FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.sign_in_sessions FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.sign_in_steps FOR SELECT TO ap_sign_in USING (true);

CREATE POLICY sign_in_sees ON public.signing_keys FOR SELECT TO ap_sign_in USING (true);

ALTER TABLE public.sign_in_sessions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sign_in_steps ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.signing_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.site_checks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.site_outcomes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sites ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.staff_checks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.staff_members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.standards_impacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.standards_versions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.suspension_reviews ENABLE ROW LEVEL SECURITY;

CREATE POLICY threshold_adds ON public.registration_cases FOR INSERT TO ap_threshold WITH CHECK (true);

CREATE POLICY threshold_sees ON public.attendance_declarations FOR SELECT TO ap_threshold USING (true);

CREATE POLICY threshold_sees ON public.declared_bands FOR SELECT TO ap_threshold USING (true);

CREATE POLICY threshold_sees ON public.registration_cases FOR SELECT TO ap_threshold USING (true);

ALTER TABLE public.urgent_starts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.walk_back_matches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.withheld_replies ENABLE ROW LEVEL SECURITY;

CREATE POLICY worker_adds ON public.attendance_alerts FOR INSERT TO ap_worker WITH CHECK (true);

CREATE POLICY worker_adds ON public.audit_entries FOR INSERT TO ap_worker WITH CHECK (true);

CREATE POLICY worker_adds ON public.follow_up_spells FOR INSERT TO ap_worker WITH CHECK (true);

CREATE POLICY worker_adds ON public.jobs FOR INSERT TO ap_worker WITH CHECK (true);

CREATE POLICY worker_adds ON public.listing_moves FOR INSERT TO ap_worker WITH CHECK (true);

CREATE POLICY worker_adds ON public.reminders FOR INSERT TO ap_worker WITH CHECK (true);

CREATE POLICY worker_adds ON public.review_openings FOR INSERT TO ap_worker WITH CHECK (true);

CREATE POLICY worker_adds ON public.review_watches FOR INSERT TO ap_worker WITH CHECK (true);

CREATE POLICY worker_adds ON public.reviews_due FOR INSERT TO ap_worker WITH CHECK (true);

CREATE POLICY worker_adds ON public.signing_keys FOR INSERT TO ap_worker WITH CHECK (true);

CREATE POLICY worker_changes ON public.emailed_links FOR UPDATE TO ap_worker USING (true) WITH CHECK (true);

CREATE POLICY worker_changes ON public.files FOR UPDATE TO ap_worker USING (true) WITH CHECK (true);

CREATE POLICY worker_changes ON public.follow_up_handovers FOR UPDATE TO ap_worker USING (true) WITH CHECK (true);

CREATE POLICY worker_changes ON public.follow_ups FOR UPDATE TO ap_worker USING (true) WITH CHECK (true);

CREATE POLICY worker_changes ON public.inspections FOR UPDATE TO ap_worker USING (true) WITH CHECK (true);

CREATE POLICY worker_changes ON public.jobs FOR UPDATE TO ap_worker USING (true) WITH CHECK (true);

CREATE POLICY worker_changes ON public.listings FOR UPDATE TO ap_worker USING (true) WITH CHECK (true);

CREATE POLICY worker_changes ON public.reliances FOR UPDATE TO ap_worker USING (true) WITH CHECK (true);

CREATE POLICY worker_changes ON public.review_watches FOR UPDATE TO ap_worker USING (true) WITH CHECK (true);

CREATE POLICY worker_changes ON public.reviews_due FOR UPDATE TO ap_worker USING (true) WITH CHECK (true);

CREATE POLICY worker_changes ON public.safeguarding_statuses FOR UPDATE TO ap_worker USING (true) WITH CHECK (true);

CREATE POLICY worker_changes ON public.signing_keys FOR UPDATE TO ap_worker USING (true) WITH CHECK (true);

CREATE POLICY worker_removes ON public.emailed_links FOR DELETE TO ap_worker USING (true);

CREATE POLICY worker_removes ON public.idempotency_keys FOR DELETE TO ap_worker USING (true);

CREATE POLICY worker_removes ON public.jobs FOR DELETE TO ap_worker USING (true);

CREATE POLICY worker_removes ON public.sign_in_attempts FOR DELETE TO ap_worker USING (true);

CREATE POLICY worker_removes ON public.sign_in_sessions FOR DELETE TO ap_worker USING (true);

CREATE POLICY worker_removes ON public.sign_in_steps FOR DELETE TO ap_worker USING (true);

CREATE POLICY worker_removes ON public.signing_keys FOR DELETE TO ap_worker USING (true);

CREATE POLICY worker_reviews ON public.placements FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_reviews ON public.site_outcomes FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.attendance_alerts FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.criteria FOR SELECT TO ap_worker USING ((EXISTS ( SELECT
   FROM public.standards_versions v
  WHERE (v.id = criteria.version_id))));

CREATE POLICY worker_sees ON public.criteria_crosswalk FOR SELECT TO ap_worker USING ((EXISTS ( SELECT
   FROM public.criteria c
  WHERE (c.id = criteria_crosswalk.to_criterion_id))));

CREATE POLICY worker_sees ON public.documents FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.emailed_links FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.files FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.follow_up_handovers FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.follow_up_spells FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.follow_ups FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.idempotency_keys FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.inspections FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.invitations FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.jobs FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.listing_moves FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.listings FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.memberships FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.organisation_identifiers FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.organisations FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.people FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.person_contacts FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.person_identities FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.provider_confirmations FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.provider_owners FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.providers FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.published_policies FOR SELECT TO ap_worker USING ((state = 'published'::text));

CREATE POLICY worker_sees ON public.reliances FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.reminders FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.review_openings FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.review_watches FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.reviews_due FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.safeguarding_statuses FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.sign_in_attempts FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.sign_in_sessions FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.sign_in_steps FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.signing_keys FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.sites FOR SELECT TO ap_worker USING (true);

CREATE POLICY worker_sees ON public.standards_versions FOR SELECT TO ap_worker USING ((state = 'published'::text));

GRANT ALL ON SCHEMA public TO ap_owner;

REVOKE ALL ON FUNCTION public.acts_for_child(child uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.acts_for_child(child uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.acts_for_commissioner() FROM PUBLIC;
GRANT ALL ON FUNCTION public.acts_for_commissioner() TO ap_app;

REVOKE ALL ON FUNCTION public.acts_for_department() FROM PUBLIC;
GRANT ALL ON FUNCTION public.acts_for_department() TO ap_app;

REVOKE ALL ON FUNCTION public.acts_within(organisation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.acts_within(organisation uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.administers(organisation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.administers(organisation uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.administers_invitation(invitation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.administers_invitation(invitation uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.administers_machine(machine uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.administers_machine(machine uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.alert_recipients(alert uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.alert_recipients(alert uuid) TO ap_worker;

REVOKE ALL ON FUNCTION public.amends_inspection(inspection uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.amends_inspection(inspection uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.answers_for_listing(listing uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.answers_for_listing(listing uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.answers_for_provider(provider uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.answers_for_provider(provider uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.answers_match(authority text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.answers_match(authority text) TO ap_app;

REVOKE ALL ON FUNCTION public.bodies_acted_as() FROM PUBLIC;
GRANT ALL ON FUNCTION public.bodies_acted_as() TO ap_app;

REVOKE ALL ON FUNCTION public.carry_findings(merge uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.carry_findings(merge uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.carry_renewals(merge uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.carry_renewals(merge uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.checks_for_assessment(assessment uuid, site uuid, day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.checks_for_assessment(assessment uuid, site uuid, day date) TO ap_app;

REVOKE ALL ON FUNCTION public.checks_inspection(inspection uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.checks_inspection(inspection uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.children_answered_for() FROM PUBLIC;
GRANT ALL ON FUNCTION public.children_answered_for() TO ap_app;

REVOKE ALL ON FUNCTION public.children_in_case(registration_case uuid, day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.children_in_case(registration_case uuid, day date) TO ap_app;

REVOKE ALL ON FUNCTION public.claimant_of(claim uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claimant_of(claim uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.close_comments(inspection uuid, moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.close_comments(inspection uuid, moment timestamp with time zone) TO ap_app;

REVOKE ALL ON FUNCTION public.count_unerased(wanted uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.count_unerased(wanted uuid[]) TO ap_operator;

REVOKE ALL ON FUNCTION public.duty_bodies(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.duty_bodies(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.duty_facts(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.duty_facts(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.end_reliances_taken_back(inspection uuid, since date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.end_reliances_taken_back(inspection uuid, since date) TO ap_app;

REVOKE ALL ON FUNCTION public.erase_child(child uuid, moment timestamp with time zone, because text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.erase_child(child uuid, moment timestamp with time zone, because text) TO ap_worker;
GRANT ALL ON FUNCTION public.erase_child(child uuid, moment timestamp with time zone, because text) TO ap_operator;

REVOKE ALL ON FUNCTION public.evidence_days(site uuid, day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.evidence_days(site uuid, day date) TO ap_app;

REVOKE ALL ON FUNCTION public.evidence_is_shared(provider uuid, document uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.evidence_is_shared(provider uuid, document uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.expected_children(wanted uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.expected_children(wanted uuid[]) TO ap_app;

REVOKE ALL ON FUNCTION public.expected_sessions(wanted uuid[], since date, until date, holidays date[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.expected_sessions(wanted uuid[], since date, until date, holidays date[]) TO ap_app;

REVOKE ALL ON FUNCTION public.follow_site() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.follows_child(child uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.follows_child(child uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.funded_placements(wanted uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.funded_placements(wanted uuid[]) TO ap_app;

REVOKE ALL ON FUNCTION public.funding_child_key(arrangement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.funding_child_key(arrangement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.funding_gaps(before uuid, today date, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.funding_gaps(before uuid, today date, most integer) TO ap_app;

REVOKE ALL ON FUNCTION public.has_part_in_inspections_of(provider uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.has_part_in_inspections_of(provider uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.has_stake_in(provider uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.has_stake_in(provider uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.holds_assessment(assessment uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.holds_assessment(assessment uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.holds_child(child uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.holds_child(child uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.holds_funding(arrangement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.holds_funding(arrangement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.holds_placement(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.holds_placement(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.inspection_told(inspection uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.inspection_told(inspection uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.inspects(inspection uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.inspects(inspection uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.institution_of(site uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.institution_of(site uuid) TO ap_app;
GRANT ALL ON FUNCTION public.institution_of(site uuid) TO ap_threshold;

REVOKE ALL ON FUNCTION public.institution_sites_of(institution uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.institutions_of_link(link uuid, since date, until date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.institutions_of_link(link uuid, since date, until date) TO ap_threshold;

REVOKE ALL ON FUNCTION public.invites_providers() FROM PUBLIC;
GRANT ALL ON FUNCTION public.invites_providers() TO ap_app;

REVOKE ALL ON FUNCTION public.invoiced_meanwhile(arrangement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.invoiced_meanwhile(arrangement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.is_asked_to_follow(follow_up uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.is_asked_to_follow(follow_up uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.is_being_corrected(inspection uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.is_being_corrected(inspection uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.is_public_provider(provider uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.is_public_provider(provider uuid) TO ap_read;

REVOKE ALL ON FUNCTION public.is_responsible_for_child(child uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.is_responsible_for_child(child uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.is_uninvolved(inspection uuid, person uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.judges_listing(listing uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.judges_listing(listing uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.judges_provider(provider uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.judges_provider(provider uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.judges_site(site uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.judges_site(site uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.keep_overrun_committed(today date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.keep_overrun_committed(today date) TO ap_threshold;

REVOKE ALL ON FUNCTION public.keep_safeguarding_status() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.last_visited_on(site uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.last_visited_on(site uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.linked_elsewhere_at_once(child uuid, today date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.linked_elsewhere_at_once(child uuid, today date) TO ap_matcher;

REVOKE ALL ON FUNCTION public.may_add_inspection_file(inspection uuid, file uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_add_inspection_file(inspection uuid, file uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_decide_assessment(assessment uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_decide_assessment(assessment uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_match_child(child uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_match_child(child uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_own_providers(organisation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_own_providers(organisation uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_see_assessment(assessment uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_assessment(assessment uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_see_attendance(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_attendance(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_see_child(child uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_child(child uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_see_duties(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_duties(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_see_findings(inspection uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_findings(inspection uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_see_follow_up(follow_up uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_follow_up(follow_up uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_see_funding(arrangement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_funding(arrangement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_see_inspection(inspection uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_inspection(inspection uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_see_inspection_files(inspection uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_inspection_files(inspection uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_see_notes(noted uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_notes(noted uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_see_organisation(organisation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_organisation(organisation uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_see_person(person uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_person(person uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_see_placement(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_placement(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_see_provider(provider uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_provider(provider uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_take_provider(provider uuid, claim uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_take_provider(provider uuid, claim uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.may_write_to(person uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_write_to(person uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.merge_obstacle(kept uuid, absorbed uuid, besides uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.merge_obstacle(kept uuid, absorbed uuid, besides uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.merge_providers(merge uuid, today date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.merge_providers(merge uuid, today date) TO ap_app;

REVOKE ALL ON FUNCTION public.named_in_merge(merge uuid, person uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.named_in_merge(merge uuid, person uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.note_interim_payers(today date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.note_interim_payers(today date) TO ap_worker;

REVOKE ALL ON FUNCTION public.notice_basis(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.notice_basis(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.notice_facts(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.notice_facts(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.notices_held(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.notices_held(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.offered_duty(placement uuid, of_duty text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.offered_duty(placement uuid, of_duty text) TO ap_app;

REVOKE ALL ON FUNCTION public.open_sites_to_place_at(provider uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.open_sites_to_place_at(provider uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.organisations_acted_for() FROM PUBLIC;
GRANT ALL ON FUNCTION public.organisations_acted_for() TO ap_app;

REVOKE ALL ON FUNCTION public.organisations_belonged_to() FROM PUBLIC;
GRANT ALL ON FUNCTION public.organisations_belonged_to() TO ap_app;

REVOKE ALL ON FUNCTION public.owner_of_provider(provider uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.owner_of_provider(provider uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.owns_inspected(inspection uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.owns_inspected(inspection uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.owns_listing(listing uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.owns_listing(listing uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.owns_provider(provider uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.owns_provider(provider uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.owns_site(site uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.owns_site(site uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.part_in_inspection(inspection uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.part_in_inspection(inspection uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.part_providers(merge uuid, today date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.part_providers(merge uuid, today date) TO ap_app;

REVOKE ALL ON FUNCTION public.paying_organisations() FROM PUBLIC;
GRANT ALL ON FUNCTION public.paying_organisations() TO ap_app;

REVOKE ALL ON FUNCTION public.pays_for(arrangement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.pays_for(arrangement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.pays_part(arrangement uuid, terms smallint, payer smallint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.pays_part(arrangement uuid, terms smallint, payer smallint) TO ap_app;

REVOKE ALL ON FUNCTION public.place_in_revisit_queue(revisit uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.place_in_revisit_queue(revisit uuid) TO ap_app;
GRANT ALL ON FUNCTION public.place_in_revisit_queue(revisit uuid) TO ap_read;

REVOKE ALL ON FUNCTION public.placed_among(providers uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.placed_among(providers uuid[]) TO ap_app;
GRANT ALL ON FUNCTION public.placed_among(providers uuid[]) TO ap_operator;
GRANT ALL ON FUNCTION public.placed_among(providers uuid[]) TO ap_publisher;
GRANT ALL ON FUNCTION public.placed_among(providers uuid[]) TO ap_worker;

REVOKE ALL ON FUNCTION public.placed_at_own_sites(since date, until date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.placed_at_own_sites(since date, until date) TO ap_app;

REVOKE ALL ON FUNCTION public.placed_by_setting(authority text, day date, after uuid, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.placed_by_setting(authority text, day date, after uuid, most integer) TO ap_overseer;

REVOKE ALL ON FUNCTION public.placed_institutions(since date, until date, after uuid, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.placed_institutions(since date, until date, after uuid, most integer) TO ap_threshold;

REVOKE ALL ON FUNCTION public.placement_balance(first_day date, last_day date, authority text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.placement_balance(first_day date, last_day date, authority text) TO ap_overseer;

REVOKE ALL ON FUNCTION public.placement_minutes(institution uuid, placement uuid, day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.placement_minutes(institution uuid, placement uuid, day date) TO ap_threshold;

REVOKE ALL ON FUNCTION public.places_at(provider uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.plans_inspection(inspection uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.plans_inspection(inspection uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.proposer_of_redaction(redaction uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.proposer_of_redaction(redaction uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.provider_funding(provider uuid, before uuid, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.provider_funding(provider uuid, before uuid, most integer) TO ap_app;

REVOKE ALL ON FUNCTION public.provider_place(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.provider_place(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.provides_for(arrangement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.provides_for(arrangement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.provides_place(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.provides_place(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.public_provider(provider_number text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.public_provider(provider_number text) TO ap_read;

REVOKE ALL ON FUNCTION public.published_inspection(wanted text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.published_inspection(wanted text) TO ap_app;

REVOKE ALL ON FUNCTION public.quiet_children(before date, after uuid, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.quiet_children(before date, after uuid, most integer) TO ap_worker;

REVOKE ALL ON FUNCTION public.records_matched(listing uuid, today date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.records_matched(listing uuid, today date) TO ap_app;

REVOKE ALL ON FUNCTION public.records_named(beginnings text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.records_named(beginnings text) TO ap_app;

REVOKE ALL ON FUNCTION public.refuse_adding_to_merged() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_change_of_reply() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_groundless_amendment() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_late_comment() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_late_judgement() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_leaving_nobody() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_misplaced_answer() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_misplaced_withholding() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_own_verification() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_partial_amendment() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_partial_appeal() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_partial_check() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_tied_inspector() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_unamended_publication() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_unanswered_check() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_unchecked_publication() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_uncovered_days() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_unexplained_state() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_unproposed_move() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.registers_for(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.registers_for(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.reports_for(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.reports_for(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.require_redaction() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.review_child_key(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.review_child_key(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.root_of(organisation uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.safeguarding_facts(placement uuid, day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.safeguarding_facts(placement uuid, day date) TO ap_app;

REVOKE ALL ON FUNCTION public.safeguarding_lead_of(organisation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.safeguarding_lead_of(organisation uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.school_calendars_for(organisation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.school_calendars_for(organisation uuid) TO ap_app;
GRANT ALL ON FUNCTION public.school_calendars_for(organisation uuid) TO ap_worker;

REVOKE ALL ON FUNCTION public.serves_duty(placement uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.serves_duty(placement uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.sessions_without_arrival(day date, since timestamp with time zone, moment timestamp with time zone, minutes integer, holidays date[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sessions_without_arrival(day date, since timestamp with time zone, moment timestamp with time zone, minutes integer, holidays date[]) TO ap_worker;

REVOKE ALL ON FUNCTION public.shares_root_with(organisation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.shares_root_with(organisation uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.sites_to_place_at(wanted text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sites_to_place_at(wanted text) TO ap_app;

REVOKE ALL ON FUNCTION public.sole_commissioner_of(provider uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sole_commissioner_of(provider uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.some_evidence_is_shared(provider uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.some_evidence_is_shared(provider uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.staff_check_facts(provider uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_check_facts(provider uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.take_inspection_number() FROM PUBLIC;
GRANT ALL ON FUNCTION public.take_inspection_number() TO ap_app;

REVOKE ALL ON FUNCTION public.take_provider_number() FROM PUBLIC;
GRANT ALL ON FUNCTION public.take_provider_number() TO ap_app;

REVOKE ALL ON FUNCTION public.threshold_days(institution uuid, since date, until date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.threshold_days(institution uuid, since date, until date) TO ap_threshold;

REVOKE ALL ON FUNCTION public.threshold_facts(institution uuid, day date, link uuid, besides uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.threshold_facts(institution uuid, day date, link uuid, besides uuid) TO ap_threshold;

REVOKE ALL ON FUNCTION public.tie_of(person uuid, provider uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tie_of(person uuid, provider uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.timetabled_for(timetable uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.timetabled_for(timetable uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.told_by_notices(child uuid, assessment uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.told_by_notices(child uuid, assessment uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.touch_by_calendar() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.touch_by_child() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.touch_by_closure() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.touch_by_facts() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.touch_by_placement() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.touch_by_provider() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.touch_by_site() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.touch_statuses(ids uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.traces_around(provider uuid, today date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.traces_around(provider uuid, today date) TO ap_app;

REVOKE ALL ON FUNCTION public.welcomes(organisation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.welcomes(organisation uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.welcomes_by(invitation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.welcomes_by(invitation uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.who_could_check(inspection uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.who_could_check(inspection uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.who_could_decide(inspection uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.who_could_decide(inspection uuid) TO ap_app;

REVOKE ALL ON FUNCTION public.works_follow_up(follow_up uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.works_follow_up(follow_up uuid) TO ap_app;

GRANT SELECT ON TABLE public.alembic_version TO ap_app;
GRANT SELECT ON TABLE public.alembic_version TO ap_operator;
GRANT SELECT ON TABLE public.alembic_version TO ap_publisher;
GRANT SELECT ON TABLE public.alembic_version TO ap_read;
GRANT SELECT ON TABLE public.alembic_version TO ap_sign_in;
GRANT SELECT ON TABLE public.alembic_version TO ap_worker;

GRANT SELECT,INSERT ON TABLE public.assessment_decisions TO ap_app;

GRANT SELECT,INSERT ON TABLE public.assessment_options TO ap_app;

GRANT UPDATE(site_id) ON TABLE public.assessment_options TO ap_app;

GRANT UPDATE(programme) ON TABLE public.assessment_options TO ap_app;

GRANT UPDATE(delivery) ON TABLE public.assessment_options TO ap_app;

GRANT UPDATE(sessions) ON TABLE public.assessment_options TO ap_app;

GRANT UPDATE(weekly_minutes) ON TABLE public.assessment_options TO ap_app;

GRANT UPDATE(minutes_elsewhere) ON TABLE public.assessment_options TO ap_app;

GRANT UPDATE(price_pence) ON TABLE public.assessment_options TO ap_app;

GRANT UPDATE(price_unit) ON TABLE public.assessment_options TO ap_app;

GRANT UPDATE(standing) ON TABLE public.assessment_options TO ap_app;

GRANT UPDATE(encrypted) ON TABLE public.assessment_options TO ap_app;

GRANT UPDATE(light) ON TABLE public.assessment_options TO ap_app;

GRANT UPDATE(reached_on) ON TABLE public.assessment_options TO ap_app;

GRANT UPDATE(tested_at) ON TABLE public.assessment_options TO ap_app;

GRANT SELECT,INSERT ON TABLE public.assessment_steps TO ap_app;

GRANT SELECT,INSERT ON TABLE public.assessment_tests TO ap_app;

GRANT SELECT,INSERT ON TABLE public.assessments TO ap_app;

GRANT UPDATE(starts_on) ON TABLE public.assessments TO ap_app;

GRANT UPDATE(ends_on) ON TABLE public.assessments TO ap_app;

GRANT UPDATE(withdrawn_at) ON TABLE public.assessments TO ap_app;

GRANT UPDATE(withdrawn_reason) ON TABLE public.assessments TO ap_app;

GRANT UPDATE(version) ON TABLE public.assessments TO ap_app;

GRANT SELECT ON TABLE public.attendance_alerts TO ap_app;
GRANT SELECT,INSERT ON TABLE public.attendance_alerts TO ap_worker;

GRANT UPDATE(answer) ON TABLE public.attendance_alerts TO ap_app;

GRANT UPDATE(answered_by) ON TABLE public.attendance_alerts TO ap_app;

GRANT UPDATE(answered_by_name) ON TABLE public.attendance_alerts TO ap_app;

GRANT UPDATE(answered_at) ON TABLE public.attendance_alerts TO ap_app;

GRANT SELECT,INSERT ON TABLE public.attendance_closures TO ap_app;

GRANT UPDATE(withdrawn_at) ON TABLE public.attendance_closures TO ap_app;

GRANT SELECT,INSERT ON TABLE public.attendance_codes TO ap_app;

GRANT SELECT,INSERT ON TABLE public.attendance_contacts TO ap_app;

GRANT SELECT,INSERT ON TABLE public.attendance_declarations TO ap_app;
GRANT SELECT ON TABLE public.attendance_declarations TO ap_threshold;

GRANT SELECT,INSERT ON TABLE public.attendance_facts TO ap_app;

GRANT SELECT,INSERT ON TABLE public.audit_entries TO ap_app;
GRANT SELECT,INSERT ON TABLE public.audit_entries TO ap_operator;
GRANT INSERT ON TABLE public.audit_entries TO ap_sign_in;
GRANT INSERT ON TABLE public.audit_entries TO ap_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.authenticators TO ap_sign_in;

GRANT SELECT(person_id) ON TABLE public.authenticators TO ap_app;
GRANT SELECT(person_id) ON TABLE public.authenticators TO ap_operator;

GRANT SELECT(sealed_secret),UPDATE(sealed_secret) ON TABLE public.authenticators TO ap_operator;

GRANT SELECT(added_at) ON TABLE public.authenticators TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.bank_references TO ap_operator;
GRANT INSERT ON TABLE public.bank_references TO ap_app;

GRANT SELECT(id) ON TABLE public.bank_references TO ap_app;

GRANT SELECT(provider_id) ON TABLE public.bank_references TO ap_app;

GRANT SELECT(given_by) ON TABLE public.bank_references TO ap_app;

GRANT SELECT(given_at) ON TABLE public.bank_references TO ap_app;

GRANT SELECT(ended_at),UPDATE(ended_at) ON TABLE public.bank_references TO ap_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.child_circumstances TO ap_app;

GRANT SELECT(child_id) ON TABLE public.child_circumstances TO ap_matcher;

GRANT SELECT(since) ON TABLE public.child_circumstances TO ap_matcher;

GRANT SELECT(home_la_code) ON TABLE public.child_circumstances TO ap_matcher;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.child_links TO ap_matcher;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.child_particulars TO ap_app;

GRANT SELECT,INSERT ON TABLE public.children TO ap_app;

GRANT SELECT(id) ON TABLE public.children TO ap_matcher;
GRANT SELECT(id) ON TABLE public.children TO ap_operator;

GRANT SELECT(commissioner_id) ON TABLE public.children TO ap_matcher;

GRANT UPDATE(reference) ON TABLE public.children TO ap_app;

GRANT UPDATE(sealed_key) ON TABLE public.children TO ap_app;
GRANT SELECT(sealed_key),UPDATE(sealed_key) ON TABLE public.children TO ap_operator;

GRANT UPDATE(date_of_birth) ON TABLE public.children TO ap_app;
GRANT SELECT(date_of_birth) ON TABLE public.children TO ap_matcher;

GRANT UPDATE(changed_at) ON TABLE public.children TO ap_app;

GRANT UPDATE(erased_at) ON TABLE public.children TO ap_app;

GRANT UPDATE(version) ON TABLE public.children TO ap_app;

GRANT UPDATE(held_because) ON TABLE public.children TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.claims TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.claims TO ap_app;

GRANT UPDATE(accepted_by) ON TABLE public.claims TO ap_app;

GRANT UPDATE(accepted_at) ON TABLE public.claims TO ap_app;

GRANT UPDATE(withdrawn_at) ON TABLE public.claims TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.commitments TO ap_operator;
GRANT SELECT,INSERT,DELETE ON TABLE public.commitments TO ap_app;

GRANT SELECT(id) ON TABLE public.commitments TO ap_matcher;

GRANT SELECT(child_link),UPDATE(child_link) ON TABLE public.commitments TO ap_matcher;

GRANT UPDATE(period) ON TABLE public.commitments TO ap_app;

GRANT SELECT(placement_id) ON TABLE public.commitments TO ap_matcher;

GRANT SELECT,INSERT,UPDATE ON TABLE public.concerns TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.concerns TO ap_app;

GRANT UPDATE(closure) ON TABLE public.concerns TO ap_app;

GRANT UPDATE(closed_by) ON TABLE public.concerns TO ap_app;

GRANT UPDATE(closed_at) ON TABLE public.concerns TO ap_app;

GRANT UPDATE(closed_reason) ON TABLE public.concerns TO ap_app;

GRANT UPDATE(version) ON TABLE public.concerns TO ap_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.criteria TO ap_app;
GRANT SELECT ON TABLE public.criteria TO ap_operator;
GRANT SELECT ON TABLE public.criteria TO ap_publisher;
GRANT SELECT ON TABLE public.criteria TO ap_worker;
GRANT SELECT ON TABLE public.criteria TO ap_read;

GRANT SELECT,INSERT,DELETE ON TABLE public.criteria_crosswalk TO ap_app;
GRANT SELECT ON TABLE public.criteria_crosswalk TO ap_operator;
GRANT SELECT ON TABLE public.criteria_crosswalk TO ap_publisher;
GRANT SELECT ON TABLE public.criteria_crosswalk TO ap_worker;
GRANT SELECT ON TABLE public.criteria_crosswalk TO ap_read;

GRANT SELECT,INSERT ON TABLE public.declared_bands TO ap_app;
GRANT SELECT ON TABLE public.declared_bands TO ap_threshold;

GRANT SELECT,INSERT,UPDATE ON TABLE public.declared_interests TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.declared_interests TO ap_app;

GRANT UPDATE(kind) ON TABLE public.declared_interests TO ap_app;

GRANT UPDATE(detail) ON TABLE public.declared_interests TO ap_app;

GRANT UPDATE(since) ON TABLE public.declared_interests TO ap_app;

GRANT UPDATE(ended_on) ON TABLE public.declared_interests TO ap_app;

GRANT UPDATE(version) ON TABLE public.declared_interests TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.document_shares TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.document_shares TO ap_app;

GRANT UPDATE(revoked_by) ON TABLE public.document_shares TO ap_app;

GRANT UPDATE(revoked_at) ON TABLE public.document_shares TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.documents TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.documents TO ap_app;
GRANT SELECT ON TABLE public.documents TO ap_worker;

GRANT SELECT(id) ON TABLE public.documents TO ap_publisher;

GRANT SELECT(provider_id) ON TABLE public.documents TO ap_publisher;

GRANT SELECT(site_id) ON TABLE public.documents TO ap_publisher;

GRANT SELECT(kind) ON TABLE public.documents TO ap_publisher;

GRANT SELECT(file_id) ON TABLE public.documents TO ap_publisher;

GRANT UPDATE(current_until) ON TABLE public.documents TO ap_app;
GRANT SELECT(current_until) ON TABLE public.documents TO ap_publisher;

GRANT UPDATE(withdrawn_at) ON TABLE public.documents TO ap_app;
GRANT SELECT(withdrawn_at) ON TABLE public.documents TO ap_publisher;

GRANT UPDATE(withdrawn_reason) ON TABLE public.documents TO ap_app;

GRANT SELECT(added_at) ON TABLE public.documents TO ap_publisher;

GRANT UPDATE(version) ON TABLE public.documents TO ap_app;

GRANT SELECT,INSERT ON TABLE public.duty_contacts TO ap_app;

GRANT SELECT,INSERT ON TABLE public.duty_offers TO ap_app;

GRANT UPDATE(answer) ON TABLE public.duty_offers TO ap_app;

GRANT UPDATE(answered_by) ON TABLE public.duty_offers TO ap_app;

GRANT UPDATE(answered_by_name) ON TABLE public.duty_offers TO ap_app;

GRANT UPDATE(answered_at) ON TABLE public.duty_offers TO ap_app;

GRANT SELECT,INSERT ON TABLE public.duty_periods TO ap_app;

GRANT UPDATE(until) ON TABLE public.duty_periods TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.emailed_links TO ap_operator;
GRANT SELECT,INSERT,UPDATE ON TABLE public.emailed_links TO ap_sign_in;
GRANT SELECT,DELETE ON TABLE public.emailed_links TO ap_worker;
GRANT INSERT ON TABLE public.emailed_links TO ap_app;

GRANT UPDATE(sealed_token) ON TABLE public.emailed_links TO ap_worker;

GRANT INSERT ON TABLE public.erased_placement_areas TO ap_app;

GRANT SELECT,INSERT ON TABLE public.erasures TO ap_app;

GRANT SELECT(child_id) ON TABLE public.erasures TO ap_operator;

GRANT SELECT(erased_at) ON TABLE public.erasures TO ap_operator;

GRANT SELECT(reason) ON TABLE public.erasures TO ap_operator;

GRANT SELECT,INSERT ON TABLE public.files TO ap_app;
GRANT SELECT,INSERT ON TABLE public.files TO ap_operator;
GRANT SELECT ON TABLE public.files TO ap_worker;

GRANT SELECT(id) ON TABLE public.files TO ap_publisher;

GRANT UPDATE(state) ON TABLE public.files TO ap_worker;
GRANT SELECT(state) ON TABLE public.files TO ap_publisher;

GRANT UPDATE(scanned_at) ON TABLE public.files TO ap_worker;
GRANT SELECT(scanned_at) ON TABLE public.files TO ap_publisher;

GRANT UPDATE(scanner) ON TABLE public.files TO ap_worker;

GRANT UPDATE(finding) ON TABLE public.files TO ap_worker;

GRANT SELECT,INSERT ON TABLE public.follow_up_handovers TO ap_app;
GRANT SELECT ON TABLE public.follow_up_handovers TO ap_worker;

GRANT UPDATE(answer) ON TABLE public.follow_up_handovers TO ap_app;
GRANT UPDATE(answer) ON TABLE public.follow_up_handovers TO ap_worker;

GRANT UPDATE(answered_on) ON TABLE public.follow_up_handovers TO ap_app;
GRANT UPDATE(answered_on) ON TABLE public.follow_up_handovers TO ap_worker;

GRANT UPDATE(answered_by_name) ON TABLE public.follow_up_handovers TO ap_app;
GRANT UPDATE(answered_by_name) ON TABLE public.follow_up_handovers TO ap_worker;

GRANT SELECT,INSERT ON TABLE public.follow_up_spells TO ap_app;
GRANT SELECT,INSERT ON TABLE public.follow_up_spells TO ap_worker;

GRANT SELECT,INSERT ON TABLE public.follow_up_steps TO ap_app;

GRANT SELECT,INSERT ON TABLE public.follow_ups TO ap_app;

GRANT SELECT(id) ON TABLE public.follow_ups TO ap_worker;

GRANT SELECT(reference) ON TABLE public.follow_ups TO ap_worker;

GRANT UPDATE(la_code) ON TABLE public.follow_ups TO ap_app;
GRANT SELECT(la_code),UPDATE(la_code) ON TABLE public.follow_ups TO ap_worker;

GRANT UPDATE(school_id) ON TABLE public.follow_ups TO ap_app;
GRANT SELECT(school_id) ON TABLE public.follow_ups TO ap_worker;

GRANT UPDATE(care_la_code) ON TABLE public.follow_ups TO ap_app;
GRANT SELECT(care_la_code) ON TABLE public.follow_ups TO ap_worker;

GRANT UPDATE(since) ON TABLE public.follow_ups TO ap_app;

GRANT UPDATE(next_step_by) ON TABLE public.follow_ups TO ap_app;
GRANT SELECT(next_step_by),UPDATE(next_step_by) ON TABLE public.follow_ups TO ap_worker;

GRANT UPDATE(outcome) ON TABLE public.follow_ups TO ap_app;

GRANT UPDATE(evidence) ON TABLE public.follow_ups TO ap_app;

GRANT UPDATE(destination) ON TABLE public.follow_ups TO ap_app;

GRANT UPDATE(closed_on) ON TABLE public.follow_ups TO ap_app;
GRANT SELECT(closed_on) ON TABLE public.follow_ups TO ap_worker;

GRANT UPDATE(closed_by_name) ON TABLE public.follow_ups TO ap_app;

GRANT UPDATE(version) ON TABLE public.follow_ups TO ap_app;
GRANT SELECT(version),UPDATE(version) ON TABLE public.follow_ups TO ap_worker;

GRANT SELECT ON TABLE public.former_local_authorities TO ap_app;
GRANT SELECT ON TABLE public.former_local_authorities TO ap_operator;
GRANT SELECT ON TABLE public.former_local_authorities TO ap_publisher;
GRANT SELECT ON TABLE public.former_local_authorities TO ap_read;
GRANT SELECT ON TABLE public.former_local_authorities TO ap_worker;

GRANT SELECT ON TABLE public.former_local_authority_successors TO ap_app;
GRANT SELECT ON TABLE public.former_local_authority_successors TO ap_operator;
GRANT SELECT ON TABLE public.former_local_authority_successors TO ap_publisher;
GRANT SELECT ON TABLE public.former_local_authority_successors TO ap_read;
GRANT SELECT ON TABLE public.former_local_authority_successors TO ap_worker;

GRANT SELECT,INSERT ON TABLE public.full_time_findings TO ap_app;

GRANT SELECT,INSERT ON TABLE public.funding_arrangements TO ap_app;

GRANT UPDATE(since) ON TABLE public.funding_arrangements TO ap_app;

GRANT UPDATE(until) ON TABLE public.funding_arrangements TO ap_app;

GRANT UPDATE(terms_number) ON TABLE public.funding_arrangements TO ap_app;

GRANT UPDATE(amounts_of) ON TABLE public.funding_arrangements TO ap_app;

GRANT UPDATE(hours_changed_on) ON TABLE public.funding_arrangements TO ap_app;

GRANT UPDATE(agreed_at) ON TABLE public.funding_arrangements TO ap_app;

GRANT UPDATE(version) ON TABLE public.funding_arrangements TO ap_app;

GRANT SELECT,INSERT ON TABLE public.funding_budgets TO ap_app;

GRANT SELECT,INSERT ON TABLE public.funding_disputes TO ap_app;

GRANT UPDATE(settlement) ON TABLE public.funding_disputes TO ap_app;

GRANT UPDATE(settled_by) ON TABLE public.funding_disputes TO ap_app;

GRANT UPDATE(settled_at) ON TABLE public.funding_disputes TO ap_app;

GRANT UPDATE(decided_by) ON TABLE public.funding_disputes TO ap_app;

GRANT UPDATE(encrypted_settlement) ON TABLE public.funding_disputes TO ap_app;

GRANT SELECT,INSERT ON TABLE public.funding_overrides TO ap_app;

GRANT UPDATE(confirmed_by) ON TABLE public.funding_overrides TO ap_app;

GRANT UPDATE(confirmed_by_name) ON TABLE public.funding_overrides TO ap_app;

GRANT UPDATE(confirmed_at) ON TABLE public.funding_overrides TO ap_app;

GRANT SELECT,INSERT ON TABLE public.funding_payers TO ap_app;

GRANT SELECT,INSERT ON TABLE public.funding_recoveries TO ap_app;

GRANT SELECT,INSERT ON TABLE public.funding_signatures TO ap_app;

GRANT SELECT,INSERT ON TABLE public.funding_terms TO ap_app;

GRANT SELECT,INSERT ON TABLE public.idempotency_keys TO ap_app;
GRANT DELETE ON TABLE public.idempotency_keys TO ap_worker;

GRANT SELECT(id) ON TABLE public.idempotency_keys TO ap_worker;

GRANT UPDATE(status) ON TABLE public.idempotency_keys TO ap_app;

GRANT UPDATE(location) ON TABLE public.idempotency_keys TO ap_app;

GRANT SELECT(made_at) ON TABLE public.idempotency_keys TO ap_worker;

GRANT SELECT,INSERT ON TABLE public.import_runs TO ap_operator;

GRANT SELECT,INSERT,UPDATE ON TABLE public.inspection_actions TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.inspection_actions TO ap_app;

GRANT SELECT(id) ON TABLE public.inspection_actions TO ap_read;

GRANT SELECT(inspection_id) ON TABLE public.inspection_actions TO ap_read;

GRANT SELECT(provider_id) ON TABLE public.inspection_actions TO ap_read;

GRANT SELECT(site) ON TABLE public.inspection_actions TO ap_read;

GRANT SELECT(criterion) ON TABLE public.inspection_actions TO ap_read;

GRANT UPDATE(action) ON TABLE public.inspection_actions TO ap_app;

GRANT UPDATE(role) ON TABLE public.inspection_actions TO ap_app;
GRANT SELECT(role) ON TABLE public.inspection_actions TO ap_read;

GRANT UPDATE(due_on) ON TABLE public.inspection_actions TO ap_app;
GRANT SELECT(due_on) ON TABLE public.inspection_actions TO ap_read;

GRANT UPDATE(state) ON TABLE public.inspection_actions TO ap_app;
GRANT SELECT(state) ON TABLE public.inspection_actions TO ap_read;

GRANT UPDATE(given_by) ON TABLE public.inspection_actions TO ap_app;

GRANT UPDATE(given_at) ON TABLE public.inspection_actions TO ap_app;

GRANT UPDATE(document_id) ON TABLE public.inspection_actions TO ap_app;

GRANT UPDATE(evidence_sent_at) ON TABLE public.inspection_actions TO ap_app;
GRANT SELECT(evidence_sent_at) ON TABLE public.inspection_actions TO ap_read;

GRANT UPDATE(sent_back_reason) ON TABLE public.inspection_actions TO ap_app;

GRANT UPDATE(verified_by) ON TABLE public.inspection_actions TO ap_app;

GRANT UPDATE(verified_at) ON TABLE public.inspection_actions TO ap_app;
GRANT SELECT(verified_at) ON TABLE public.inspection_actions TO ap_read;

GRANT UPDATE(version) ON TABLE public.inspection_actions TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.inspection_amendments TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.inspection_amendments TO ap_app;

GRANT UPDATE(state) ON TABLE public.inspection_amendments TO ap_app;

GRANT UPDATE(decided_by) ON TABLE public.inspection_amendments TO ap_app;

GRANT UPDATE(decided_at) ON TABLE public.inspection_amendments TO ap_app;

GRANT UPDATE(decision_reason) ON TABLE public.inspection_amendments TO ap_app;

GRANT UPDATE(version) ON TABLE public.inspection_amendments TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.inspection_appeals TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.inspection_appeals TO ap_app;
GRANT SELECT ON TABLE public.inspection_appeals TO ap_publisher;

GRANT SELECT(id) ON TABLE public.inspection_appeals TO ap_read;

GRANT SELECT(inspection_id) ON TABLE public.inspection_appeals TO ap_read;

GRANT SELECT(provider_id) ON TABLE public.inspection_appeals TO ap_read;

GRANT SELECT(of_version) ON TABLE public.inspection_appeals TO ap_read;

GRANT UPDATE(state) ON TABLE public.inspection_appeals TO ap_app;
GRANT SELECT(state) ON TABLE public.inspection_appeals TO ap_read;

GRANT SELECT(appealed_at) ON TABLE public.inspection_appeals TO ap_read;

GRANT SELECT(due_on) ON TABLE public.inspection_appeals TO ap_read;

GRANT SELECT(due_rule) ON TABLE public.inspection_appeals TO ap_read;

GRANT UPDATE(decision) ON TABLE public.inspection_appeals TO ap_app;
GRANT SELECT(decision) ON TABLE public.inspection_appeals TO ap_read;

GRANT UPDATE(reason) ON TABLE public.inspection_appeals TO ap_app;
GRANT SELECT(reason) ON TABLE public.inspection_appeals TO ap_read;

GRANT UPDATE(decided_by) ON TABLE public.inspection_appeals TO ap_app;

GRANT UPDATE(decided_for) ON TABLE public.inspection_appeals TO ap_app;

GRANT UPDATE(decided_at) ON TABLE public.inspection_appeals TO ap_app;
GRANT SELECT(decided_at) ON TABLE public.inspection_appeals TO ap_read;

GRANT UPDATE(corrected_version) ON TABLE public.inspection_appeals TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.inspection_checks TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.inspection_checks TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.inspection_comments TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.inspection_comments TO ap_app;

GRANT UPDATE(judgement_version) ON TABLE public.inspection_comments TO ap_app;

GRANT UPDATE(comment) ON TABLE public.inspection_comments TO ap_app;

GRANT UPDATE(received_on) ON TABLE public.inspection_comments TO ap_app;

GRANT UPDATE(said_by) ON TABLE public.inspection_comments TO ap_app;

GRANT UPDATE(said_by_name) ON TABLE public.inspection_comments TO ap_app;

GRANT UPDATE(said_at) ON TABLE public.inspection_comments TO ap_app;

GRANT UPDATE(answer) ON TABLE public.inspection_comments TO ap_app;

GRANT UPDATE(reason) ON TABLE public.inspection_comments TO ap_app;

GRANT UPDATE(answered_by) ON TABLE public.inspection_comments TO ap_app;

GRANT UPDATE(answered_at) ON TABLE public.inspection_comments TO ap_app;

GRANT UPDATE(version) ON TABLE public.inspection_comments TO ap_app;

GRANT SELECT,INSERT ON TABLE public.inspection_files TO ap_app;
GRANT SELECT ON TABLE public.inspection_files TO ap_operator;

GRANT SELECT,INSERT,UPDATE ON TABLE public.inspection_judgements TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.inspection_judgements TO ap_app;
GRANT SELECT ON TABLE public.inspection_judgements TO ap_publisher;

GRANT UPDATE(judgement) ON TABLE public.inspection_judgements TO ap_app;

GRANT UPDATE(finding) ON TABLE public.inspection_judgements TO ap_app;

GRANT UPDATE(method) ON TABLE public.inspection_judgements TO ap_app;

GRANT UPDATE(seen_on) ON TABLE public.inspection_judgements TO ap_app;

GRANT UPDATE(carried_from_id) ON TABLE public.inspection_judgements TO ap_app;

GRANT UPDATE(judged_by) ON TABLE public.inspection_judgements TO ap_app;

GRANT UPDATE(judged_at) ON TABLE public.inspection_judgements TO ap_app;

GRANT UPDATE(version) ON TABLE public.inspection_judgements TO ap_app;

GRANT USAGE ON SEQUENCE public.inspection_numbers TO ap_operator;

GRANT SELECT,INSERT,UPDATE ON TABLE public.inspection_publications TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.inspection_publications TO ap_app;
GRANT SELECT ON TABLE public.inspection_publications TO ap_publisher;
GRANT SELECT ON TABLE public.inspection_publications TO ap_read;

GRANT UPDATE(document) ON TABLE public.inspection_publications TO ap_app;

GRANT UPDATE(redacted_at) ON TABLE public.inspection_publications TO ap_app;

GRANT UPDATE(redacted_reason) ON TABLE public.inspection_publications TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.inspection_replies TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.inspection_replies TO ap_app;

GRANT SELECT(id) ON TABLE public.inspection_replies TO ap_read;

GRANT SELECT(inspection_id) ON TABLE public.inspection_replies TO ap_read;

GRANT SELECT(provider_id) ON TABLE public.inspection_replies TO ap_read;

GRANT SELECT(site) ON TABLE public.inspection_replies TO ap_read;

GRANT SELECT(criterion) ON TABLE public.inspection_replies TO ap_read;

GRANT SELECT(version) ON TABLE public.inspection_replies TO ap_read;

GRANT SELECT(reply) ON TABLE public.inspection_replies TO ap_read;

GRANT SELECT(signed_at) ON TABLE public.inspection_replies TO ap_read;

GRANT UPDATE(withdrawn_at) ON TABLE public.inspection_replies TO ap_app;
GRANT SELECT(withdrawn_at) ON TABLE public.inspection_replies TO ap_read;

GRANT SELECT,INSERT,UPDATE ON TABLE public.inspection_revisits TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.inspection_revisits TO ap_app;
GRANT SELECT ON TABLE public.inspection_revisits TO ap_publisher;

GRANT SELECT(id) ON TABLE public.inspection_revisits TO ap_read;

GRANT SELECT(inspection_id) ON TABLE public.inspection_revisits TO ap_read;

GRANT SELECT(provider_id) ON TABLE public.inspection_revisits TO ap_read;

GRANT SELECT(body_id) ON TABLE public.inspection_revisits TO ap_read;

GRANT UPDATE(state) ON TABLE public.inspection_revisits TO ap_app;
GRANT SELECT(state) ON TABLE public.inspection_revisits TO ap_read;

GRANT SELECT(asked_at) ON TABLE public.inspection_revisits TO ap_read;

GRANT UPDATE(planned_id) ON TABLE public.inspection_revisits TO ap_app;
GRANT SELECT(planned_id) ON TABLE public.inspection_revisits TO ap_read;

GRANT UPDATE(answer) ON TABLE public.inspection_revisits TO ap_app;

GRANT UPDATE(answered_by) ON TABLE public.inspection_revisits TO ap_app;

GRANT UPDATE(answered_at) ON TABLE public.inspection_revisits TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.inspection_sites TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.inspection_sites TO ap_app;
GRANT SELECT ON TABLE public.inspection_sites TO ap_publisher;

GRANT SELECT,INSERT,UPDATE ON TABLE public.inspections TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.inspections TO ap_app;
GRANT SELECT ON TABLE public.inspections TO ap_publisher;
GRANT SELECT ON TABLE public.inspections TO ap_worker;

GRANT SELECT(id) ON TABLE public.inspections TO ap_read;

GRANT SELECT(reference) ON TABLE public.inspections TO ap_read;

GRANT SELECT(provider_id) ON TABLE public.inspections TO ap_read;

GRANT UPDATE(check_body_id) ON TABLE public.inspections TO ap_app;

GRANT SELECT(kind) ON TABLE public.inspections TO ap_read;

GRANT UPDATE(state) ON TABLE public.inspections TO ap_app;
GRANT UPDATE(state) ON TABLE public.inspections TO ap_worker;
GRANT SELECT(state) ON TABLE public.inspections TO ap_read;

GRANT UPDATE(standards_version_id) ON TABLE public.inspections TO ap_app;

GRANT UPDATE(planned_on) ON TABLE public.inspections TO ap_app;
GRANT SELECT(planned_on) ON TABLE public.inspections TO ap_read;

GRANT UPDATE(criteria) ON TABLE public.inspections TO ap_app;

GRANT UPDATE(reason) ON TABLE public.inspections TO ap_app;

GRANT UPDATE(sent_at) ON TABLE public.inspections TO ap_app;

GRANT UPDATE(comments_due_on) ON TABLE public.inspections TO ap_app;

GRANT UPDATE(comments_closed_at) ON TABLE public.inspections TO ap_app;
GRANT UPDATE(comments_closed_at) ON TABLE public.inspections TO ap_worker;

GRANT UPDATE(published_at) ON TABLE public.inspections TO ap_app;
GRANT SELECT(published_at) ON TABLE public.inspections TO ap_read;

GRANT UPDATE(cancelled_reason) ON TABLE public.inspections TO ap_app;

GRANT UPDATE(version) ON TABLE public.inspections TO ap_app;
GRANT UPDATE(version) ON TABLE public.inspections TO ap_worker;

GRANT UPDATE(comments_rule) ON TABLE public.inspections TO ap_app;

GRANT UPDATE(appeal_body_id) ON TABLE public.inspections TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.inspectors TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.inspectors TO ap_app;

GRANT UPDATE(part) ON TABLE public.inspectors TO ap_app;

GRANT UPDATE(left_at) ON TABLE public.inspectors TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.institution_sites TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.institution_sites TO ap_app;

GRANT UPDATE(ended_at) ON TABLE public.institution_sites TO ap_app;

GRANT SELECT,INSERT ON TABLE public.interim_payers TO ap_app;

GRANT UPDATE(until) ON TABLE public.interim_payers TO ap_app;

GRANT SELECT,INSERT ON TABLE public.interim_suspensions TO ap_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.interim_suspensions TO ap_operator;
GRANT SELECT ON TABLE public.interim_suspensions TO ap_publisher;

GRANT UPDATE(reviewed_on) ON TABLE public.interim_suspensions TO ap_app;

GRANT UPDATE(review_due_on) ON TABLE public.interim_suspensions TO ap_app;

GRANT UPDATE(version) ON TABLE public.interim_suspensions TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.invitations TO ap_operator;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invitations TO ap_sign_in;
GRANT SELECT ON TABLE public.invitations TO ap_worker;
GRANT SELECT,INSERT ON TABLE public.invitations TO ap_app;

GRANT UPDATE(expires_at) ON TABLE public.invitations TO ap_app;

GRANT UPDATE(withdrawn_at) ON TABLE public.invitations TO ap_app;

GRANT UPDATE(version) ON TABLE public.invitations TO ap_app;

GRANT INSERT ON TABLE public.jobs TO ap_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs TO ap_operator;
GRANT INSERT ON TABLE public.jobs TO ap_sign_in;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs TO ap_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.judgement_files TO ap_operator;
GRANT SELECT,INSERT,DELETE ON TABLE public.judgement_files TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.judgement_notes TO ap_operator;
GRANT SELECT,INSERT,DELETE ON TABLE public.judgement_notes TO ap_app;

GRANT UPDATE(note) ON TABLE public.judgement_notes TO ap_app;

GRANT SELECT ON TABLE public.ledger_bodies TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.ledger_bodies TO ap_publisher;

GRANT SELECT(entry) ON TABLE public.ledger_bodies TO ap_read;

GRANT UPDATE(salt) ON TABLE public.ledger_bodies TO ap_publisher;

GRANT SELECT(record) ON TABLE public.ledger_bodies TO ap_read;
GRANT UPDATE(record) ON TABLE public.ledger_bodies TO ap_publisher;

GRANT SELECT(redacted_at) ON TABLE public.ledger_bodies TO ap_read;
GRANT UPDATE(redacted_at) ON TABLE public.ledger_bodies TO ap_publisher;

GRANT SELECT(redaction_reason) ON TABLE public.ledger_bodies TO ap_read;
GRANT UPDATE(redaction_reason) ON TABLE public.ledger_bodies TO ap_publisher;

GRANT SELECT ON TABLE public.ledger_causes TO ap_operator;
GRANT SELECT ON TABLE public.ledger_causes TO ap_read;
GRANT SELECT,INSERT ON TABLE public.ledger_causes TO ap_publisher;

GRANT SELECT ON TABLE public.ledger_entries TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.ledger_entries TO ap_publisher;
GRANT SELECT ON TABLE public.ledger_entries TO ap_read;
GRANT SELECT ON TABLE public.ledger_entries TO ap_app;

GRANT SELECT ON TABLE public.ledger_head TO ap_operator;
GRANT SELECT ON TABLE public.ledger_head TO ap_app;
GRANT SELECT ON TABLE public.ledger_head TO ap_read;
GRANT SELECT ON TABLE public.ledger_head TO ap_publisher;
GRANT SELECT ON TABLE public.ledger_head TO ap_sign_in;

GRANT UPDATE(entry) ON TABLE public.ledger_head TO ap_publisher;

GRANT UPDATE(recorded_at) ON TABLE public.ledger_head TO ap_publisher;

GRANT UPDATE(demonstration) ON TABLE public.ledger_head TO ap_publisher;

GRANT SELECT,INSERT,UPDATE ON TABLE public.listing_moves TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.listing_moves TO ap_app;
GRANT SELECT,INSERT ON TABLE public.listing_moves TO ap_worker;

GRANT SELECT(id) ON TABLE public.listing_moves TO ap_publisher;

GRANT SELECT(listing_id) ON TABLE public.listing_moves TO ap_publisher;

GRANT SELECT(from_state) ON TABLE public.listing_moves TO ap_publisher;

GRANT SELECT(to_state) ON TABLE public.listing_moves TO ap_publisher;

GRANT SELECT(effective_on) ON TABLE public.listing_moves TO ap_publisher;

GRANT SELECT(public_reason) ON TABLE public.listing_moves TO ap_publisher;

GRANT SELECT(recorded_at) ON TABLE public.listing_moves TO ap_publisher;

GRANT SELECT,INSERT,UPDATE ON TABLE public.listing_proposals TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.listing_proposals TO ap_app;

GRANT UPDATE(outcome) ON TABLE public.listing_proposals TO ap_app;

GRANT UPDATE(settled_by) ON TABLE public.listing_proposals TO ap_app;

GRANT UPDATE(settled_by_name) ON TABLE public.listing_proposals TO ap_app;

GRANT UPDATE(settled_at) ON TABLE public.listing_proposals TO ap_app;

GRANT UPDATE(settled_reason) ON TABLE public.listing_proposals TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.listing_questions TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.listing_questions TO ap_app;

GRANT UPDATE(answer) ON TABLE public.listing_questions TO ap_app;

GRANT UPDATE(answered_by) ON TABLE public.listing_questions TO ap_app;

GRANT UPDATE(answered_by_name) ON TABLE public.listing_questions TO ap_app;

GRANT UPDATE(answered_at) ON TABLE public.listing_questions TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.listings TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.listings TO ap_app;
GRANT SELECT ON TABLE public.listings TO ap_publisher;
GRANT SELECT ON TABLE public.listings TO ap_worker;

GRANT UPDATE(la_code) ON TABLE public.listings TO ap_app;

GRANT UPDATE(state) ON TABLE public.listings TO ap_app;
GRANT UPDATE(state) ON TABLE public.listings TO ap_worker;

GRANT UPDATE(state_since) ON TABLE public.listings TO ap_app;
GRANT UPDATE(state_since) ON TABLE public.listings TO ap_worker;

GRANT UPDATE(next_state) ON TABLE public.listings TO ap_app;
GRANT UPDATE(next_state) ON TABLE public.listings TO ap_worker;

GRANT UPDATE(next_on) ON TABLE public.listings TO ap_app;
GRANT UPDATE(next_on) ON TABLE public.listings TO ap_worker;

GRANT UPDATE(listed_on) ON TABLE public.listings TO ap_app;

GRANT UPDATE(standards_version_id) ON TABLE public.listings TO ap_app;

GRANT UPDATE(age_from) ON TABLE public.listings TO ap_app;

GRANT UPDATE(age_to) ON TABLE public.listings TO ap_app;

GRANT UPDATE(key_stages) ON TABLE public.listings TO ap_app;

GRANT UPDATE(needs) ON TABLE public.listings TO ap_app;

GRANT UPDATE(programmes) ON TABLE public.listings TO ap_app;

GRANT UPDATE(seen_on) ON TABLE public.listings TO ap_app;

GRANT UPDATE(seen_how) ON TABLE public.listings TO ap_app;

GRANT UPDATE(review_due_on) ON TABLE public.listings TO ap_app;

GRANT UPDATE(submitted_at) ON TABLE public.listings TO ap_app;

GRANT UPDATE(version) ON TABLE public.listings TO ap_app;
GRANT UPDATE(version) ON TABLE public.listings TO ap_worker;

GRANT SELECT ON TABLE public.local_authorities TO ap_app;
GRANT SELECT ON TABLE public.local_authorities TO ap_operator;
GRANT SELECT ON TABLE public.local_authorities TO ap_publisher;
GRANT SELECT ON TABLE public.local_authorities TO ap_read;
GRANT SELECT ON TABLE public.local_authorities TO ap_sign_in;
GRANT SELECT ON TABLE public.local_authorities TO ap_worker;

GRANT SELECT ON TABLE public.machine_secrets TO ap_sign_in;
GRANT INSERT ON TABLE public.machine_secrets TO ap_app;

GRANT SELECT(id) ON TABLE public.machine_secrets TO ap_app;

GRANT SELECT(machine_id) ON TABLE public.machine_secrets TO ap_app;

GRANT SELECT(ending) ON TABLE public.machine_secrets TO ap_app;

GRANT SELECT(made_at) ON TABLE public.machine_secrets TO ap_app;

GRANT SELECT(expires_at),UPDATE(expires_at) ON TABLE public.machine_secrets TO ap_app;

GRANT UPDATE(used_at) ON TABLE public.machine_secrets TO ap_sign_in;
GRANT SELECT(used_at) ON TABLE public.machine_secrets TO ap_app;

GRANT SELECT(revoked_at),UPDATE(revoked_at) ON TABLE public.machine_secrets TO ap_app;

GRANT SELECT ON TABLE public.machines TO ap_sign_in;
GRANT SELECT,INSERT ON TABLE public.machines TO ap_app;

GRANT UPDATE(name) ON TABLE public.machines TO ap_app;

GRANT UPDATE(revoked_at) ON TABLE public.machines TO ap_app;

GRANT UPDATE(version) ON TABLE public.machines TO ap_app;

GRANT SELECT ON TABLE public.match_questions TO ap_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.match_questions TO ap_matcher;

GRANT UPDATE(answer) ON TABLE public.match_questions TO ap_app;

GRANT UPDATE(answered_by) ON TABLE public.match_questions TO ap_app;

GRANT UPDATE(answered_at) ON TABLE public.match_questions TO ap_app;

GRANT UPDATE(answered_reason) ON TABLE public.match_questions TO ap_app;

GRANT UPDATE(version) ON TABLE public.match_questions TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.matching_keys TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.matching_keys TO ap_app;
GRANT SELECT,INSERT ON TABLE public.matching_keys TO ap_matcher;

GRANT SELECT,INSERT,UPDATE ON TABLE public.memberships TO ap_operator;
GRANT SELECT,INSERT,UPDATE ON TABLE public.memberships TO ap_sign_in;
GRANT SELECT ON TABLE public.memberships TO ap_worker;
GRANT SELECT ON TABLE public.memberships TO ap_app;

GRANT UPDATE(roles) ON TABLE public.memberships TO ap_app;

GRANT UPDATE(ended_at) ON TABLE public.memberships TO ap_app;

GRANT UPDATE(version) ON TABLE public.memberships TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.merge_moves TO ap_operator;
GRANT SELECT ON TABLE public.merge_moves TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.merges TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.merges TO ap_app;

GRANT UPDATE(state) ON TABLE public.merges TO ap_app;

GRANT UPDATE(settled_by) ON TABLE public.merges TO ap_app;

GRANT UPDATE(settled_at) ON TABLE public.merges TO ap_app;

GRANT UPDATE(undo_reason) ON TABLE public.merges TO ap_app;

GRANT UPDATE(undo_proposed_by) ON TABLE public.merges TO ap_app;

GRANT UPDATE(undo_proposed_at) ON TABLE public.merges TO ap_app;

GRANT UPDATE(undo_settled_by) ON TABLE public.merges TO ap_app;

GRANT UPDATE(undo_settled_at) ON TABLE public.merges TO ap_app;

GRANT SELECT,INSERT ON TABLE public.notice_sendings TO ap_app;

GRANT SELECT,INSERT ON TABLE public.offers TO ap_app;
GRANT SELECT ON TABLE public.offers TO ap_publisher;
GRANT SELECT,INSERT,UPDATE ON TABLE public.offers TO ap_operator;

GRANT UPDATE(programme) ON TABLE public.offers TO ap_app;

GRANT UPDATE(age_from) ON TABLE public.offers TO ap_app;

GRANT UPDATE(age_to) ON TABLE public.offers TO ap_app;

GRANT UPDATE(key_stages) ON TABLE public.offers TO ap_app;

GRANT UPDATE(needs) ON TABLE public.offers TO ap_app;

GRANT UPDATE(hours_per_week) ON TABLE public.offers TO ap_app;

GRANT UPDATE(sessions) ON TABLE public.offers TO ap_app;

GRANT UPDATE(group_from) ON TABLE public.offers TO ap_app;

GRANT UPDATE(group_to) ON TABLE public.offers TO ap_app;

GRANT UPDATE(price_hour_pence) ON TABLE public.offers TO ap_app;

GRANT UPDATE(price_half_day_pence) ON TABLE public.offers TO ap_app;

GRANT UPDATE(price_day_pence) ON TABLE public.offers TO ap_app;

GRANT UPDATE(price_week_pence) ON TABLE public.offers TO ap_app;

GRANT UPDATE(availability) ON TABLE public.offers TO ap_app;

GRANT UPDATE(availability_confirmed_on) ON TABLE public.offers TO ap_app;

GRANT UPDATE(ended_on) ON TABLE public.offers TO ap_app;

GRANT UPDATE(changed_at) ON TABLE public.offers TO ap_app;

GRANT UPDATE(version) ON TABLE public.offers TO ap_app;

GRANT SELECT ON TABLE public.organisation_identifiers TO ap_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.organisation_identifiers TO ap_operator;
GRANT SELECT ON TABLE public.organisation_identifiers TO ap_sign_in;
GRANT SELECT ON TABLE public.organisation_identifiers TO ap_worker;

GRANT SELECT,INSERT ON TABLE public.organisations TO ap_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.organisations TO ap_operator;
GRANT SELECT ON TABLE public.organisations TO ap_sign_in;
GRANT SELECT ON TABLE public.organisations TO ap_worker;

GRANT UPDATE(name) ON TABLE public.organisations TO ap_app;

GRANT UPDATE(sort_name) ON TABLE public.organisations TO ap_app;

GRANT UPDATE(closed_on) ON TABLE public.organisations TO ap_app;

GRANT UPDATE(changed_at) ON TABLE public.organisations TO ap_app;

GRANT UPDATE(version) ON TABLE public.organisations TO ap_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.passkeys TO ap_sign_in;

GRANT SELECT(id) ON TABLE public.passkeys TO ap_app;

GRANT SELECT(person_id) ON TABLE public.passkeys TO ap_app;

GRANT SELECT(name) ON TABLE public.passkeys TO ap_app;

GRANT SELECT(added_at) ON TABLE public.passkeys TO ap_app;

GRANT SELECT(used_at) ON TABLE public.passkeys TO ap_app;

GRANT SELECT(removed_at) ON TABLE public.passkeys TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.people TO ap_operator;
GRANT SELECT,INSERT,UPDATE ON TABLE public.people TO ap_sign_in;
GRANT SELECT ON TABLE public.people TO ap_worker;
GRANT SELECT ON TABLE public.people TO ap_app;

GRANT UPDATE(name) ON TABLE public.people TO ap_app;

GRANT UPDATE(changed_at) ON TABLE public.people TO ap_app;

GRANT UPDATE(version) ON TABLE public.people TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.person_contacts TO ap_operator;
GRANT SELECT,INSERT,UPDATE ON TABLE public.person_contacts TO ap_sign_in;
GRANT SELECT ON TABLE public.person_contacts TO ap_worker;
GRANT SELECT ON TABLE public.person_contacts TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.person_identities TO ap_operator;
GRANT SELECT,INSERT,UPDATE ON TABLE public.person_identities TO ap_sign_in;
GRANT SELECT ON TABLE public.person_identities TO ap_worker;
GRANT SELECT ON TABLE public.person_identities TO ap_app;

GRANT SELECT,INSERT ON TABLE public.placement_notices TO ap_app;

GRANT SELECT,INSERT ON TABLE public.placement_reviews TO ap_app;

GRANT SELECT,INSERT ON TABLE public.placement_sessions TO ap_app;

GRANT SELECT,INSERT ON TABLE public.placement_timetables TO ap_app;

GRANT SELECT,INSERT ON TABLE public.placements TO ap_app;

GRANT SELECT(id) ON TABLE public.placements TO ap_matcher;
GRANT SELECT(id) ON TABLE public.placements TO ap_worker;

GRANT SELECT(commissioner_id) ON TABLE public.placements TO ap_worker;

GRANT SELECT(child_id) ON TABLE public.placements TO ap_matcher;

GRANT SELECT(site_id) ON TABLE public.placements TO ap_worker;

GRANT SELECT(starts_on) ON TABLE public.placements TO ap_worker;

GRANT UPDATE(planned_end_on) ON TABLE public.placements TO ap_app;

GRANT UPDATE(ended_on) ON TABLE public.placements TO ap_app;
GRANT SELECT(ended_on) ON TABLE public.placements TO ap_worker;

GRANT UPDATE(end_reason) ON TABLE public.placements TO ap_app;

GRANT UPDATE(destination) ON TABLE public.placements TO ap_app;

GRANT UPDATE(assess_by) ON TABLE public.placements TO ap_app;

GRANT UPDATE(version) ON TABLE public.placements TO ap_app;

GRANT UPDATE(assessment_id) ON TABLE public.placements TO ap_app;

GRANT SELECT ON TABLE public.postcode_areas TO ap_app;
GRANT SELECT ON TABLE public.postcode_areas TO ap_operator;
GRANT SELECT ON TABLE public.postcode_areas TO ap_publisher;
GRANT SELECT ON TABLE public.postcode_areas TO ap_read;

GRANT SELECT ON TABLE public.postcode_districts TO ap_app;
GRANT SELECT ON TABLE public.postcode_districts TO ap_operator;
GRANT SELECT ON TABLE public.postcode_districts TO ap_publisher;
GRANT SELECT ON TABLE public.postcode_districts TO ap_read;

GRANT SELECT ON TABLE public.postcodes TO ap_app;
GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.postcodes TO ap_operator;
GRANT SELECT ON TABLE public.postcodes TO ap_publisher;
GRANT SELECT ON TABLE public.postcodes TO ap_read;

GRANT SELECT,INSERT,UPDATE ON TABLE public.provider_confirmations TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.provider_confirmations TO ap_app;
GRANT SELECT ON TABLE public.provider_confirmations TO ap_worker;

GRANT SELECT(id) ON TABLE public.provider_confirmations TO ap_publisher;

GRANT SELECT(provider_id) ON TABLE public.provider_confirmations TO ap_publisher;

GRANT SELECT(confirmed_on) ON TABLE public.provider_confirmations TO ap_publisher;

GRANT SELECT(recorded_at) ON TABLE public.provider_confirmations TO ap_publisher;

GRANT SELECT,INSERT,UPDATE ON TABLE public.provider_consents TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.provider_consents TO ap_app;

GRANT SELECT(id) ON TABLE public.provider_consents TO ap_publisher;

GRANT SELECT(provider_id) ON TABLE public.provider_consents TO ap_publisher;

GRANT SELECT(given) ON TABLE public.provider_consents TO ap_publisher;

GRANT SELECT(recorded_at) ON TABLE public.provider_consents TO ap_publisher;

GRANT SELECT,INSERT,UPDATE ON TABLE public.provider_contacts TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.provider_contacts TO ap_app;

GRANT UPDATE(ended_at) ON TABLE public.provider_contacts TO ap_app;

GRANT SELECT,INSERT ON TABLE public.provider_identifiers TO ap_app;
GRANT SELECT ON TABLE public.provider_identifiers TO ap_publisher;
GRANT SELECT,INSERT ON TABLE public.provider_identifiers TO ap_operator;

GRANT UPDATE(withdrawn_at) ON TABLE public.provider_identifiers TO ap_app;

GRANT SELECT ON TABLE public.provider_known_by TO ap_app;
GRANT SELECT,INSERT ON TABLE public.provider_known_by TO ap_operator;

GRANT UPDATE(local_result) ON TABLE public.provider_known_by TO ap_operator;

GRANT UPDATE(local_result_on) ON TABLE public.provider_known_by TO ap_operator;

GRANT SELECT,INSERT,UPDATE ON TABLE public.provider_links TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.provider_links TO ap_app;

GRANT SELECT(id) ON TABLE public.provider_links TO ap_publisher;

GRANT SELECT(predecessor_id) ON TABLE public.provider_links TO ap_publisher;

GRANT SELECT(successor_id) ON TABLE public.provider_links TO ap_publisher;

GRANT SELECT(since) ON TABLE public.provider_links TO ap_publisher;

GRANT UPDATE(ended_at) ON TABLE public.provider_links TO ap_app;
GRANT SELECT(ended_at) ON TABLE public.provider_links TO ap_publisher;

GRANT SELECT,INSERT ON TABLE public.provider_names TO ap_app;
GRANT SELECT ON TABLE public.provider_names TO ap_publisher;
GRANT SELECT,INSERT ON TABLE public.provider_names TO ap_operator;

GRANT UPDATE(until) ON TABLE public.provider_names TO ap_operator;
GRANT UPDATE(until) ON TABLE public.provider_names TO ap_app;

GRANT UPDATE(withdrawn_at) ON TABLE public.provider_names TO ap_app;
GRANT UPDATE(withdrawn_at) ON TABLE public.provider_names TO ap_operator;

GRANT USAGE ON SEQUENCE public.provider_numbers TO ap_operator;

GRANT SELECT,INSERT,UPDATE ON TABLE public.provider_owners TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.provider_owners TO ap_app;
GRANT SELECT ON TABLE public.provider_owners TO ap_worker;

GRANT SELECT(provider_id) ON TABLE public.provider_owners TO ap_publisher;

GRANT SELECT(began_at) ON TABLE public.provider_owners TO ap_publisher;

GRANT UPDATE(ended_at) ON TABLE public.provider_owners TO ap_app;
GRANT SELECT(ended_at) ON TABLE public.provider_owners TO ap_publisher;

GRANT SELECT,INSERT,UPDATE ON TABLE public.provider_people TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.provider_people TO ap_app;

GRANT UPDATE(kind) ON TABLE public.provider_people TO ap_app;

GRANT UPDATE(name) ON TABLE public.provider_people TO ap_app;

GRANT UPDATE(birth_month) ON TABLE public.provider_people TO ap_app;

GRANT UPDATE(appointed_on) ON TABLE public.provider_people TO ap_app;

GRANT UPDATE(ended_on) ON TABLE public.provider_people TO ap_app;

GRANT UPDATE(confirmed_on) ON TABLE public.provider_people TO ap_app;

GRANT UPDATE(changed_at) ON TABLE public.provider_people TO ap_app;

GRANT UPDATE(version) ON TABLE public.provider_people TO ap_app;

GRANT SELECT,INSERT ON TABLE public.provider_safeguarding_items TO ap_app;

GRANT SELECT,INSERT ON TABLE public.provider_status_changes TO ap_operator;
GRANT INSERT ON TABLE public.provider_status_changes TO ap_publisher;

GRANT SELECT,INSERT,UPDATE ON TABLE public.provider_verifications TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.provider_verifications TO ap_app;

GRANT SELECT(id) ON TABLE public.provider_verifications TO ap_publisher;

GRANT SELECT(provider_id) ON TABLE public.provider_verifications TO ap_publisher;

GRANT SELECT(subject_kind) ON TABLE public.provider_verifications TO ap_publisher;

GRANT SELECT(subject_id) ON TABLE public.provider_verifications TO ap_publisher;

GRANT SELECT(held) ON TABLE public.provider_verifications TO ap_publisher;

GRANT SELECT(verified_on) ON TABLE public.provider_verifications TO ap_publisher;

GRANT SELECT(recorded_at) ON TABLE public.provider_verifications TO ap_publisher;

GRANT SELECT,INSERT ON TABLE public.providers TO ap_app;
GRANT SELECT ON TABLE public.providers TO ap_publisher;
GRANT SELECT,INSERT,UPDATE ON TABLE public.providers TO ap_operator;
GRANT SELECT ON TABLE public.providers TO ap_worker;

GRANT UPDATE(name) ON TABLE public.providers TO ap_app;

GRANT UPDATE(status) ON TABLE public.providers TO ap_publisher;

GRANT UPDATE(status_since) ON TABLE public.providers TO ap_publisher;

GRANT UPDATE(last_entry) ON TABLE public.providers TO ap_publisher;

GRANT UPDATE(changes_on) ON TABLE public.providers TO ap_publisher;

GRANT UPDATE(legal_form) ON TABLE public.providers TO ap_app;

GRANT UPDATE(staff_size) ON TABLE public.providers TO ap_app;

GRANT UPDATE(website) ON TABLE public.providers TO ap_app;

GRANT UPDATE(public_email) ON TABLE public.providers TO ap_app;

GRANT UPDATE(public_phone) ON TABLE public.providers TO ap_app;

GRANT UPDATE(changed_at) ON TABLE public.providers TO ap_app;

GRANT UPDATE(version) ON TABLE public.providers TO ap_app;

GRANT SELECT,INSERT ON TABLE public.published_policies TO ap_app;
GRANT SELECT ON TABLE public.published_policies TO ap_operator;
GRANT SELECT ON TABLE public.published_policies TO ap_publisher;
GRANT SELECT ON TABLE public.published_policies TO ap_worker;

GRANT SELECT(id) ON TABLE public.published_policies TO ap_read;

GRANT SELECT(code) ON TABLE public.published_policies TO ap_read;

GRANT SELECT(parameters) ON TABLE public.published_policies TO ap_read;
GRANT UPDATE(parameters) ON TABLE public.published_policies TO ap_app;

GRANT SELECT(state) ON TABLE public.published_policies TO ap_read;
GRANT UPDATE(state) ON TABLE public.published_policies TO ap_app;

GRANT SELECT(in_force) ON TABLE public.published_policies TO ap_read;
GRANT UPDATE(in_force) ON TABLE public.published_policies TO ap_app;

GRANT SELECT(reason) ON TABLE public.published_policies TO ap_read;
GRANT UPDATE(reason) ON TABLE public.published_policies TO ap_app;

GRANT SELECT(source) ON TABLE public.published_policies TO ap_read;
GRANT UPDATE(source) ON TABLE public.published_policies TO ap_app;

GRANT UPDATE(last_changed_by) ON TABLE public.published_policies TO ap_app;

GRANT UPDATE(published_by) ON TABLE public.published_policies TO ap_app;

GRANT SELECT(published_at) ON TABLE public.published_policies TO ap_read;
GRANT UPDATE(published_at) ON TABLE public.published_policies TO ap_app;

GRANT UPDATE(version) ON TABLE public.published_policies TO ap_app;

GRANT SELECT,INSERT ON TABLE public.received_results TO ap_app;
GRANT SELECT ON TABLE public.received_results TO ap_operator;

GRANT UPDATE(status) ON TABLE public.received_results TO ap_app;

GRANT UPDATE(inspection_id) ON TABLE public.received_results TO ap_app;

GRANT UPDATE(decided_at) ON TABLE public.received_results TO ap_app;

GRANT UPDATE(decided_by) ON TABLE public.received_results TO ap_app;

GRANT UPDATE(decision_reason) ON TABLE public.received_results TO ap_app;

GRANT UPDATE(version) ON TABLE public.received_results TO ap_app;

GRANT SELECT,INSERT ON TABLE public.redactions TO ap_app;

GRANT UPDATE(salt) ON TABLE public.redactions TO ap_app;

GRANT UPDATE(state) ON TABLE public.redactions TO ap_app;

GRANT UPDATE(settled_by) ON TABLE public.redactions TO ap_app;

GRANT UPDATE(settled_at) ON TABLE public.redactions TO ap_app;

GRANT UPDATE(entries) ON TABLE public.redactions TO ap_app;

GRANT UPDATE(version) ON TABLE public.redactions TO ap_app;

GRANT SELECT ON TABLE public.register_documents TO ap_read;
GRANT SELECT ON TABLE public.register_documents TO ap_app;
GRANT SELECT ON TABLE public.register_documents TO ap_operator;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.register_documents TO ap_publisher;

GRANT SELECT ON TABLE public.register_past TO ap_read;
GRANT SELECT ON TABLE public.register_past TO ap_app;
GRANT SELECT ON TABLE public.register_past TO ap_operator;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.register_past TO ap_publisher;

GRANT SELECT ON TABLE public.register_past_sites TO ap_read;
GRANT SELECT ON TABLE public.register_past_sites TO ap_app;
GRANT SELECT ON TABLE public.register_past_sites TO ap_operator;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.register_past_sites TO ap_publisher;

GRANT SELECT ON TABLE public.register_renditions TO ap_read;
GRANT SELECT,INSERT,DELETE ON TABLE public.register_renditions TO ap_worker;

GRANT SELECT ON TABLE public.register_search TO ap_read;
GRANT SELECT ON TABLE public.register_search TO ap_app;
GRANT SELECT ON TABLE public.register_search TO ap_operator;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.register_search TO ap_publisher;

GRANT SELECT ON TABLE public.register_sites TO ap_read;
GRANT SELECT ON TABLE public.register_sites TO ap_app;
GRANT SELECT ON TABLE public.register_sites TO ap_operator;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.register_sites TO ap_publisher;

GRANT SELECT ON TABLE public.register_words TO ap_read;
GRANT SELECT ON TABLE public.register_words TO ap_app;
GRANT SELECT ON TABLE public.register_words TO ap_operator;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.register_words TO ap_publisher;

GRANT SELECT,INSERT ON TABLE public.registration_cases TO ap_threshold;
GRANT SELECT ON TABLE public.registration_cases TO ap_app;

GRANT UPDATE(closure) ON TABLE public.registration_cases TO ap_app;

GRANT UPDATE(closed_by) ON TABLE public.registration_cases TO ap_app;

GRANT UPDATE(closed_at) ON TABLE public.registration_cases TO ap_app;

GRANT UPDATE(closed_reason) ON TABLE public.registration_cases TO ap_app;

GRANT UPDATE(version) ON TABLE public.registration_cases TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.reliances TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.reliances TO ap_app;
GRANT SELECT ON TABLE public.reliances TO ap_worker;

GRANT UPDATE(ended_on) ON TABLE public.reliances TO ap_app;
GRANT UPDATE(ended_on) ON TABLE public.reliances TO ap_worker;

GRANT UPDATE(ended_because) ON TABLE public.reliances TO ap_app;
GRANT UPDATE(ended_because) ON TABLE public.reliances TO ap_worker;

GRANT UPDATE(version) ON TABLE public.reliances TO ap_app;
GRANT UPDATE(version) ON TABLE public.reliances TO ap_worker;

GRANT SELECT ON TABLE public.reminders TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.reminders TO ap_worker;

GRANT SELECT,INSERT ON TABLE public.review_contributions TO ap_app;

GRANT SELECT ON TABLE public.review_openings TO ap_app;
GRANT SELECT,INSERT ON TABLE public.review_openings TO ap_worker;

GRANT UPDATE(acknowledged_at) ON TABLE public.review_openings TO ap_app;

GRANT UPDATE(acknowledged_by_name) ON TABLE public.review_openings TO ap_app;

GRANT UPDATE(settled_on) ON TABLE public.review_openings TO ap_app;

GRANT SELECT,INSERT ON TABLE public.review_watches TO ap_worker;

GRANT UPDATE(status) ON TABLE public.review_watches TO ap_worker;

GRANT UPDATE(outcomes) ON TABLE public.review_watches TO ap_worker;

GRANT UPDATE(documents_out) ON TABLE public.review_watches TO ap_worker;

GRANT UPDATE(looked_at) ON TABLE public.review_watches TO ap_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.reviews_due TO ap_app;
GRANT SELECT,INSERT ON TABLE public.reviews_due TO ap_worker;

GRANT UPDATE(next_on) ON TABLE public.reviews_due TO ap_worker;

GRANT SELECT,INSERT ON TABLE public.safe_contacts TO ap_app;

GRANT SELECT,INSERT ON TABLE public.safeguarding_items TO ap_app;

GRANT SELECT ON TABLE public.safeguarding_statuses TO ap_app;
GRANT SELECT ON TABLE public.safeguarding_statuses TO ap_worker;

GRANT UPDATE(status) ON TABLE public.safeguarding_statuses TO ap_worker;

GRANT UPDATE(settled) ON TABLE public.safeguarding_statuses TO ap_worker;

GRANT UPDATE(swept_on) ON TABLE public.safeguarding_statuses TO ap_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.schedules TO ap_worker;
GRANT SELECT ON TABLE public.schedules TO ap_operator;

GRANT SELECT,INSERT ON TABLE public.school_calendars TO ap_app;

GRANT UPDATE(terms) ON TABLE public.school_calendars TO ap_app;

GRANT UPDATE(closures) ON TABLE public.school_calendars TO ap_app;

GRANT UPDATE(stated_by_name) ON TABLE public.school_calendars TO ap_app;

GRANT UPDATE(stated_at) ON TABLE public.school_calendars TO ap_app;

GRANT UPDATE(version) ON TABLE public.school_calendars TO ap_app;

GRANT SELECT ON TABLE public.school_links TO ap_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.school_links TO ap_operator;
GRANT SELECT ON TABLE public.school_links TO ap_sign_in;
GRANT SELECT ON TABLE public.school_links TO ap_worker;

GRANT SELECT ON TABLE public.schools TO ap_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.schools TO ap_operator;
GRANT SELECT ON TABLE public.schools TO ap_sign_in;
GRANT SELECT ON TABLE public.schools TO ap_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.self_evaluation_answers TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.self_evaluation_answers TO ap_app;

GRANT UPDATE(answer) ON TABLE public.self_evaluation_answers TO ap_app;

GRANT UPDATE(comment) ON TABLE public.self_evaluation_answers TO ap_app;

GRANT UPDATE(carried) ON TABLE public.self_evaluation_answers TO ap_app;

GRANT UPDATE(look_again) ON TABLE public.self_evaluation_answers TO ap_app;

GRANT UPDATE(answered_by) ON TABLE public.self_evaluation_answers TO ap_app;

GRANT UPDATE(answered_at) ON TABLE public.self_evaluation_answers TO ap_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.self_evaluation_evidence TO ap_operator;
GRANT SELECT,INSERT,DELETE ON TABLE public.self_evaluation_evidence TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.self_evaluations TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.self_evaluations TO ap_app;

GRANT UPDATE(completed_by) ON TABLE public.self_evaluations TO ap_app;

GRANT UPDATE(completed_at) ON TABLE public.self_evaluations TO ap_app;

GRANT UPDATE(version) ON TABLE public.self_evaluations TO ap_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_attempts TO ap_sign_in;
GRANT DELETE ON TABLE public.sign_in_attempts TO ap_worker;

GRANT SELECT(id) ON TABLE public.sign_in_attempts TO ap_worker;

GRANT SELECT(link_id) ON TABLE public.sign_in_attempts TO ap_worker;

GRANT SELECT(session_id) ON TABLE public.sign_in_attempts TO ap_worker;

GRANT SELECT(expires_at) ON TABLE public.sign_in_attempts TO ap_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_sessions TO ap_sign_in;
GRANT DELETE ON TABLE public.sign_in_sessions TO ap_worker;

GRANT SELECT(id) ON TABLE public.sign_in_sessions TO ap_app;
GRANT SELECT(id) ON TABLE public.sign_in_sessions TO ap_worker;
GRANT SELECT(id) ON TABLE public.sign_in_sessions TO ap_operator;

GRANT SELECT(person_id) ON TABLE public.sign_in_sessions TO ap_app;

GRANT SELECT(membership_id) ON TABLE public.sign_in_sessions TO ap_app;

GRANT SELECT(method) ON TABLE public.sign_in_sessions TO ap_app;

GRANT SELECT(began_at) ON TABLE public.sign_in_sessions TO ap_app;

GRANT SELECT(seen_at) ON TABLE public.sign_in_sessions TO ap_app;

GRANT SELECT(authenticated_at) ON TABLE public.sign_in_sessions TO ap_app;

GRANT SELECT(ends_at) ON TABLE public.sign_in_sessions TO ap_app;
GRANT SELECT(ends_at) ON TABLE public.sign_in_sessions TO ap_worker;

GRANT SELECT(sealed_id_token),UPDATE(sealed_id_token) ON TABLE public.sign_in_sessions TO ap_operator;

GRANT SELECT(ended_at),UPDATE(ended_at) ON TABLE public.sign_in_sessions TO ap_app;
GRANT SELECT(ended_at) ON TABLE public.sign_in_sessions TO ap_worker;

GRANT SELECT(ended_because),UPDATE(ended_because) ON TABLE public.sign_in_sessions TO ap_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_steps TO ap_sign_in;
GRANT DELETE ON TABLE public.sign_in_steps TO ap_worker;

GRANT SELECT(id) ON TABLE public.sign_in_steps TO ap_worker;
GRANT SELECT(id) ON TABLE public.sign_in_steps TO ap_operator;

GRANT SELECT(session_id) ON TABLE public.sign_in_steps TO ap_worker;

GRANT SELECT(sealed_secret),UPDATE(sealed_secret) ON TABLE public.sign_in_steps TO ap_operator;

GRANT SELECT(expires_at) ON TABLE public.sign_in_steps TO ap_worker;

GRANT SELECT,INSERT ON TABLE public.signing_keys TO ap_sign_in;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.signing_keys TO ap_worker;
GRANT SELECT,INSERT,UPDATE ON TABLE public.signing_keys TO ap_operator;

GRANT SELECT,INSERT ON TABLE public.site_checks TO ap_app;

GRANT UPDATE(withdrawn_at) ON TABLE public.site_checks TO ap_app;

GRANT UPDATE(withdrawn_reason) ON TABLE public.site_checks TO ap_app;

GRANT UPDATE(version) ON TABLE public.site_checks TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.site_outcomes TO ap_publisher;
GRANT SELECT ON TABLE public.site_outcomes TO ap_operator;
GRANT SELECT ON TABLE public.site_outcomes TO ap_app;

GRANT SELECT(site_id) ON TABLE public.site_outcomes TO ap_worker;

GRANT SELECT(outcome) ON TABLE public.site_outcomes TO ap_worker;

GRANT SELECT,INSERT ON TABLE public.sites TO ap_app;
GRANT SELECT ON TABLE public.sites TO ap_publisher;
GRANT SELECT,INSERT,UPDATE ON TABLE public.sites TO ap_operator;
GRANT SELECT ON TABLE public.sites TO ap_worker;

GRANT UPDATE(name) ON TABLE public.sites TO ap_app;

GRANT UPDATE(kind) ON TABLE public.sites TO ap_app;

GRANT UPDATE(address_lines) ON TABLE public.sites TO ap_app;

GRANT UPDATE(town) ON TABLE public.sites TO ap_app;

GRANT UPDATE(postcode) ON TABLE public.sites TO ap_app;

GRANT UPDATE(la_code) ON TABLE public.sites TO ap_app;

GRANT UPDATE(easting) ON TABLE public.sites TO ap_app;

GRANT UPDATE(northing) ON TABLE public.sites TO ap_app;

GRANT UPDATE(location_precision) ON TABLE public.sites TO ap_app;

GRANT UPDATE(opened_on) ON TABLE public.sites TO ap_app;

GRANT UPDATE(closed_on) ON TABLE public.sites TO ap_app;

GRANT UPDATE(someones_home) ON TABLE public.sites TO ap_app;

GRANT UPDATE(run_by) ON TABLE public.sites TO ap_app;

GRANT UPDATE(changed_at) ON TABLE public.sites TO ap_app;

GRANT UPDATE(version) ON TABLE public.sites TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.staff_checks TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.staff_checks TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.staff_members TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.staff_members TO ap_app;

GRANT UPDATE(name) ON TABLE public.staff_members TO ap_app;

GRANT UPDATE(duties) ON TABLE public.staff_members TO ap_app;

GRANT UPDATE(regulated_activity) ON TABLE public.staff_members TO ap_app;

GRANT UPDATE(started_on) ON TABLE public.staff_members TO ap_app;

GRANT UPDATE(ended_on) ON TABLE public.staff_members TO ap_app;

GRANT UPDATE(changed_at) ON TABLE public.staff_members TO ap_app;

GRANT UPDATE(version) ON TABLE public.staff_members TO ap_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.standards_impacts TO ap_publisher;
GRANT SELECT ON TABLE public.standards_impacts TO ap_operator;
GRANT SELECT ON TABLE public.standards_impacts TO ap_app;

GRANT SELECT,INSERT ON TABLE public.standards_versions TO ap_app;
GRANT SELECT ON TABLE public.standards_versions TO ap_operator;
GRANT SELECT ON TABLE public.standards_versions TO ap_publisher;
GRANT SELECT ON TABLE public.standards_versions TO ap_worker;

GRANT SELECT(id) ON TABLE public.standards_versions TO ap_read;

GRANT SELECT(code) ON TABLE public.standards_versions TO ap_read;

GRANT SELECT(title) ON TABLE public.standards_versions TO ap_read;
GRANT UPDATE(title) ON TABLE public.standards_versions TO ap_app;

GRANT SELECT(state) ON TABLE public.standards_versions TO ap_read;
GRANT UPDATE(state) ON TABLE public.standards_versions TO ap_app;

GRANT SELECT(in_force) ON TABLE public.standards_versions TO ap_read;
GRANT UPDATE(in_force) ON TABLE public.standards_versions TO ap_app;

GRANT SELECT(standard_titles) ON TABLE public.standards_versions TO ap_read;
GRANT UPDATE(standard_titles) ON TABLE public.standards_versions TO ap_app;

GRANT SELECT(withdrawn) ON TABLE public.standards_versions TO ap_read;
GRANT UPDATE(withdrawn) ON TABLE public.standards_versions TO ap_app;

GRANT UPDATE(last_changed_by) ON TABLE public.standards_versions TO ap_app;

GRANT UPDATE(published_by) ON TABLE public.standards_versions TO ap_app;

GRANT SELECT(published_at) ON TABLE public.standards_versions TO ap_read;
GRANT UPDATE(published_at) ON TABLE public.standards_versions TO ap_app;

GRANT SELECT(note) ON TABLE public.standards_versions TO ap_read;
GRANT UPDATE(note) ON TABLE public.standards_versions TO ap_app;

GRANT UPDATE(version) ON TABLE public.standards_versions TO ap_app;

GRANT SELECT,INSERT ON TABLE public.suspension_reviews TO ap_app;
GRANT SELECT,INSERT ON TABLE public.suspension_reviews TO ap_operator;

GRANT SELECT,INSERT ON TABLE public.urgent_starts TO ap_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.walk_back_matches TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.walk_back_matches TO ap_app;

GRANT UPDATE(grounds) ON TABLE public.walk_back_matches TO ap_app;

GRANT UPDATE(score) ON TABLE public.walk_back_matches TO ap_app;

GRANT UPDATE(found_at) ON TABLE public.walk_back_matches TO ap_app;

GRANT UPDATE(judgement) ON TABLE public.walk_back_matches TO ap_app;

GRANT UPDATE(judged_by) ON TABLE public.walk_back_matches TO ap_app;

GRANT UPDATE(judged_at) ON TABLE public.walk_back_matches TO ap_app;

GRANT UPDATE(judged_reason) ON TABLE public.walk_back_matches TO ap_app;

GRANT SELECT,INSERT ON TABLE public.withheld_replies TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.withheld_replies TO ap_app;

GRANT SELECT(reply_id) ON TABLE public.withheld_replies TO ap_read;

GRANT SELECT(inspection_id) ON TABLE public.withheld_replies TO ap_read;

GRANT SELECT(provider_id) ON TABLE public.withheld_replies TO ap_read;

GRANT SELECT(site) ON TABLE public.withheld_replies TO ap_read;

GRANT SELECT(criterion) ON TABLE public.withheld_replies TO ap_read;

GRANT SELECT(version) ON TABLE public.withheld_replies TO ap_read;

GRANT SELECT(because) ON TABLE public.withheld_replies TO ap_read;

GRANT SELECT(withheld_at) ON TABLE public.withheld_replies TO ap_read;
