SELECT pg_catalog.set_config('search_path', '', false);

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';

CREATE FUNCTION public.may_see_provider(provider uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
          SELECT EXISTS (SELECT FROM providers p WHERE p.id = provider AND p.status <> 'known')
              OR EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider
                         AND k.la_code = NULLIF(current_setting('app.la_code', true), ''))
        $$;

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
          RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
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

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

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
    CONSTRAINT import_runs_kind_known_check CHECK ((kind = ANY (ARRAY['postcodes'::text, 'providers'::text])))
);

COMMENT ON COLUMN public.import_runs.kind IS 'postcodes or providers';

COMMENT ON COLUMN public.import_runs.file_name IS 'Its name, without folders';

COMMENT ON COLUMN public.import_runs.sha256 IS 'Of the file as given, in hexadecimal';

COMMENT ON COLUMN public.import_runs.options IS 'What else decided the result, such as the LA chosen for the whole list';

COMMENT ON COLUMN public.import_runs.source IS 'Who published it';

COMMENT ON COLUMN public.import_runs.source_date IS 'The day it speaks of';

COMMENT ON COLUMN public.import_runs.licence IS 'Under which terms it may be used';

COMMENT ON COLUMN public.import_runs.rows_refused IS 'Rows with a fault';

COMMENT ON COLUMN public.import_runs.accepted_good IS 'Landed although rows were refused, because the operator said so';

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

CREATE TABLE public.offers (
    id uuid NOT NULL,
    site_id uuid NOT NULL,
    programme text NOT NULL,
    age_from smallint NOT NULL,
    age_to smallint NOT NULL,
    key_stages smallint[] NOT NULL,
    needs text[] NOT NULL,
    hours_per_week numeric(4,1),
    CONSTRAINT offers_age_from_range_check CHECK (((age_from >= 2) AND (age_from <= 25))),
    CONSTRAINT offers_age_to_range_check CHECK (((age_to >= age_from) AND (age_to <= 25))),
    CONSTRAINT offers_hours_range_check CHECK (((hours_per_week > (0)::numeric) AND (hours_per_week <= (50)::numeric)))
);

COMMENT ON COLUMN public.offers.programme IS 'What is done: tuition, motor vehicle …';

COMMENT ON COLUMN public.offers.age_from IS 'Youngest age taken, in years';

COMMENT ON COLUMN public.offers.age_to IS 'Oldest age taken, in years';

COMMENT ON COLUMN public.offers.key_stages IS '1 to 5';

COMMENT ON COLUMN public.offers.needs IS 'SEN need codes (DfE)';

COMMENT ON COLUMN public.offers.hours_per_week IS 'Most hours offered to one pupil in a usual week';

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

CREATE TABLE public.provider_identifiers (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    scheme text NOT NULL,
    value text NOT NULL
);

COMMENT ON COLUMN public.provider_identifiers.scheme IS 'Whose identifier: companies-house …';

COMMENT ON COLUMN public.provider_identifiers.value IS 'As that register writes it';

CREATE TABLE public.provider_known_by (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    la_code text NOT NULL,
    list_name text NOT NULL,
    list_date text,
    list_reference text,
    listed_as text,
    source_url text,
    recorded_at timestamp with time zone NOT NULL
);

COMMENT ON COLUMN public.provider_known_by.la_code IS 'Whose list: DfE three-digit code';

COMMENT ON COLUMN public.provider_known_by.list_name IS 'What the list calls itself';

COMMENT ON COLUMN public.provider_known_by.list_date IS 'Its date, as exact as given';

COMMENT ON COLUMN public.provider_known_by.list_reference IS 'The list''s own reference';

COMMENT ON COLUMN public.provider_known_by.listed_as IS 'The list''s own category';

COMMENT ON COLUMN public.provider_known_by.source_url IS 'Where the list was published';

COMMENT ON COLUMN public.provider_known_by.recorded_at IS 'When it was imported';

CREATE TABLE public.provider_names (
    id uuid NOT NULL,
    provider_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    until date,
    CONSTRAINT provider_names_kind_known_check CHECK ((kind = ANY (ARRAY['trading'::text, 'former'::text])))
);

COMMENT ON COLUMN public.provider_names.kind IS 'trading or former';

COMMENT ON COLUMN public.provider_names.until IS 'For a former name: its last day';

CREATE SEQUENCE public.provider_numbers
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

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

CREATE TABLE public.providers (
    id uuid NOT NULL,
    number text NOT NULL,
    name text NOT NULL,
    status text NOT NULL,
    status_since date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    last_entry bigint,
    CONSTRAINT providers_named_check CHECK ((length(btrim(name)) > 0)),
    CONSTRAINT providers_number_form_check CHECK ((number ~ '^AP[0-9]{6}[0-9A-Z]$'::text)),
    CONSTRAINT providers_status_known_check CHECK ((status = ANY (ARRAY['known'::text, 'listed'::text, 'listed-with-actions'::text, 'under-review'::text, 'suspended'::text, 'removed'::text, 'closed'::text])))
);

COMMENT ON COLUMN public.providers.number IS 'AP, six digits, check character (ISO 7064); never re-used';

COMMENT ON COLUMN public.providers.name IS 'The name it goes by now';

COMMENT ON COLUMN public.providers.status IS 'Where it stands with the register';

COMMENT ON COLUMN public.providers.status_since IS 'The day that status began';

COMMENT ON COLUMN public.providers.recorded_at IS 'When the register first held it';

COMMENT ON COLUMN public.providers.last_entry IS 'Its newest ledger entry; empty while it is not public';

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

CREATE TABLE public.register_search (
    id integer NOT NULL,
    status text NOT NULL,
    sort_name text NOT NULL COLLATE pg_catalog."C",
    words tsvector NOT NULL,
    vocabulary text[] NOT NULL
);

COMMENT ON COLUMN public.register_search.id IS 'The six digits of the number';

COMMENT ON COLUMN public.register_search.sort_name IS 'Plain lower-case words';

COMMENT ON COLUMN public.register_search.words IS 'A: name and number, B: other names, C: programmes, D: towns; plain words';

COMMENT ON COLUMN public.register_search.vocabulary IS 'The same words, to keep register_words true';

CREATE TABLE public.register_sites (
    provider_id integer NOT NULL,
    reference smallint NOT NULL,
    la_code text NOT NULL,
    place point,
    ages smallint[] NOT NULL,
    needs text[] NOT NULL,
    summary bytea NOT NULL
);

COMMENT ON COLUMN public.register_sites.place IS 'Metres, British National Grid';

COMMENT ON COLUMN public.register_sites.ages IS 'Every age in any offer';

COMMENT ON COLUMN public.register_sites.needs IS 'Every need in any offer';

COMMENT ON COLUMN public.register_sites.summary IS 'JSON for a list item''s site';

CREATE TABLE public.register_words (
    word text NOT NULL COLLATE pg_catalog."C",
    documents integer NOT NULL
);

COMMENT ON COLUMN public.register_words.documents IS 'Providers it occurs in; from 1';

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
    CONSTRAINT sites_both_coordinates_check CHECK (((easting IS NULL) = (northing IS NULL))),
    CONSTRAINT sites_closes_after_opening_check CHECK ((closed_on >= opened_on)),
    CONSTRAINT sites_kind_known_check CHECK ((kind = ANY (ARRAY['fixed'::text, 'farm-or-outdoor'::text, 'workshop'::text, 'vehicle'::text, 'school-site'::text, 'hired'::text, 'home-visits'::text, 'online'::text]))),
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

ALTER TABLE ONLY public.ledger_head ALTER COLUMN id SET DEFAULT nextval('public.ledger_head_id_seq'::regclass);

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

ALTER TABLE ONLY public.former_local_authorities
    ADD CONSTRAINT former_local_authorities_pkey PRIMARY KEY (gss_code);

ALTER TABLE ONLY public.former_local_authority_successors
    ADD CONSTRAINT former_local_authority_successors_pkey PRIMARY KEY (former_gss_code, successor_la_code);

ALTER TABLE ONLY public.import_runs
    ADD CONSTRAINT import_runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_bodies
    ADD CONSTRAINT ledger_bodies_pkey PRIMARY KEY (entry);

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_pkey PRIMARY KEY (entry);

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_recorded_at_key UNIQUE (recorded_at);

ALTER TABLE ONLY public.ledger_head
    ADD CONSTRAINT ledger_head_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.local_authorities
    ADD CONSTRAINT local_authorities_gss_code_key UNIQUE (gss_code);

ALTER TABLE ONLY public.local_authorities
    ADD CONSTRAINT local_authorities_pkey PRIMARY KEY (la_code);

ALTER TABLE ONLY public.offers
    ADD CONSTRAINT offers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.postcode_areas
    ADD CONSTRAINT postcode_areas_pkey PRIMARY KEY (area);

ALTER TABLE ONLY public.postcode_districts
    ADD CONSTRAINT postcode_districts_pkey PRIMARY KEY (outcode);

ALTER TABLE ONLY public.postcodes
    ADD CONSTRAINT postcodes_pkey PRIMARY KEY (postcode);

ALTER TABLE ONLY public.provider_identifiers
    ADD CONSTRAINT provider_identifiers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.provider_identifiers
    ADD CONSTRAINT provider_identifiers_provider_id_scheme_value_key UNIQUE (provider_id, scheme, value);

ALTER TABLE ONLY public.provider_known_by
    ADD CONSTRAINT provider_known_by_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.provider_names
    ADD CONSTRAINT provider_names_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.provider_names
    ADD CONSTRAINT provider_names_provider_id_kind_name_key UNIQUE (provider_id, kind, name);

ALTER TABLE ONLY public.provider_status_changes
    ADD CONSTRAINT provider_status_changes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers
    ADD CONSTRAINT providers_number_key UNIQUE (number);

ALTER TABLE ONLY public.providers
    ADD CONSTRAINT providers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.register_documents
    ADD CONSTRAINT register_documents_number_key UNIQUE (number);

ALTER TABLE ONLY public.register_documents
    ADD CONSTRAINT register_documents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.register_search
    ADD CONSTRAINT register_search_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.register_sites
    ADD CONSTRAINT register_sites_pkey PRIMARY KEY (provider_id, reference);

ALTER TABLE ONLY public.register_words
    ADD CONSTRAINT register_words_pkey PRIMARY KEY (word);

ALTER TABLE ONLY public.sites
    ADD CONSTRAINT sites_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sites
    ADD CONSTRAINT sites_provider_id_reference_key UNIQUE (provider_id, reference);

CREATE INDEX former_local_authority_successors_successor_la_code_idx ON public.former_local_authority_successors USING btree (successor_la_code);

CREATE INDEX import_runs_kind_recorded_at_idx ON public.import_runs USING btree (kind, recorded_at);

CREATE INDEX ledger_entries_number_idx ON public.ledger_entries USING btree (number);

CREATE INDEX offers_site_id_idx ON public.offers USING btree (site_id);

CREATE INDEX postcode_districts_la_code_idx ON public.postcode_districts USING btree (la_code);

CREATE INDEX postcodes_la_code_idx ON public.postcodes USING btree (la_code);

CREATE INDEX provider_identifiers_scheme_value_idx ON public.provider_identifiers USING btree (scheme, value);

CREATE INDEX provider_known_by_la_code_list_reference_idx ON public.provider_known_by USING btree (la_code, list_reference);

CREATE INDEX provider_known_by_provider_id_idx ON public.provider_known_by USING btree (provider_id);

CREATE INDEX provider_status_changes_provider_id_idx ON public.provider_status_changes USING btree (provider_id);

CREATE INDEX register_search_sort_name_id_idx ON public.register_search USING btree (sort_name, id);

CREATE INDEX register_search_status_idx ON public.register_search USING btree (status);

CREATE INDEX register_search_words_idx ON public.register_search USING gin (words);

CREATE INDEX register_sites_la_code_idx ON public.register_sites USING btree (la_code);

CREATE INDEX register_sites_needs_idx ON public.register_sites USING gin (needs);

CREATE INDEX register_sites_place_idx ON public.register_sites USING gist (place);

CREATE INDEX register_words_word_idx ON public.register_words USING gin (word public.gin_trgm_ops);

CREATE INDEX sites_la_code_idx ON public.sites USING btree (la_code);

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.import_runs FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.ledger_bodies FOR EACH ROW EXECUTE FUNCTION public.refuse_change_except_tombstone();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.ledger_entries FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.provider_status_changes FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER forward_only BEFORE DELETE OR UPDATE ON public.ledger_head FOR EACH ROW EXECUTE FUNCTION public.refuse_going_back();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.import_runs FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.ledger_bodies FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.ledger_head FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.provider_status_changes FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE ONLY public.former_local_authority_successors
    ADD CONSTRAINT former_local_authority_successors_former_gss_code_fkey FOREIGN KEY (former_gss_code) REFERENCES public.former_local_authorities(gss_code);

ALTER TABLE ONLY public.former_local_authority_successors
    ADD CONSTRAINT former_local_authority_successors_successor_la_code_fkey FOREIGN KEY (successor_la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.ledger_bodies
    ADD CONSTRAINT ledger_bodies_entry_fkey FOREIGN KEY (entry) REFERENCES public.ledger_entries(entry);

ALTER TABLE ONLY public.offers
    ADD CONSTRAINT offers_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

ALTER TABLE ONLY public.postcode_districts
    ADD CONSTRAINT postcode_districts_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.postcodes
    ADD CONSTRAINT postcodes_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.provider_identifiers
    ADD CONSTRAINT provider_identifiers_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.provider_known_by
    ADD CONSTRAINT provider_known_by_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.provider_known_by
    ADD CONSTRAINT provider_known_by_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.provider_names
    ADD CONSTRAINT provider_names_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.provider_status_changes
    ADD CONSTRAINT provider_status_changes_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

ALTER TABLE ONLY public.register_documents
    ADD CONSTRAINT register_documents_id_fkey FOREIGN KEY (id) REFERENCES public.register_search(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.register_sites
    ADD CONSTRAINT register_sites_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.register_search(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sites
    ADD CONSTRAINT sites_la_code_fkey FOREIGN KEY (la_code) REFERENCES public.local_authorities(la_code);

ALTER TABLE ONLY public.sites
    ADD CONSTRAINT sites_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);

CREATE POLICY app_sees ON public.offers FOR SELECT TO ap_app USING ((EXISTS ( SELECT
   FROM public.sites s
  WHERE (s.id = offers.site_id))));

CREATE POLICY app_sees ON public.provider_identifiers FOR SELECT TO ap_app USING (public.may_see_provider(provider_id));

CREATE POLICY app_sees ON public.provider_known_by FOR SELECT TO ap_app USING ((la_code = NULLIF(current_setting('app.la_code'::text, true), ''::text)));

CREATE POLICY app_sees ON public.provider_names FOR SELECT TO ap_app USING (public.may_see_provider(provider_id));

CREATE POLICY app_sees ON public.providers FOR SELECT TO ap_app USING (public.may_see_provider(id));

CREATE POLICY app_sees ON public.sites FOR SELECT TO ap_app USING (public.may_see_provider(provider_id));

ALTER TABLE public.offers ENABLE ROW LEVEL SECURITY;

CREATE POLICY operator_works ON public.offers TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_works ON public.provider_identifiers TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_works ON public.provider_known_by TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_works ON public.provider_names TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_works ON public.provider_status_changes TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_works ON public.providers TO ap_operator USING (true) WITH CHECK (true);

CREATE POLICY operator_works ON public.sites TO ap_operator USING (true) WITH CHECK (true);

ALTER TABLE public.provider_identifiers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_known_by ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_names ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_status_changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.providers ENABLE ROW LEVEL SECURITY;

CREATE POLICY publisher_numbers ON public.providers FOR UPDATE TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.offers FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.provider_identifiers FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.provider_names FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.providers FOR SELECT TO ap_publisher USING (true);

CREATE POLICY publisher_sees ON public.sites FOR SELECT TO ap_publisher USING (true);

ALTER TABLE public.sites ENABLE ROW LEVEL SECURITY;

GRANT ALL ON SCHEMA public TO ap_owner;

REVOKE ALL ON FUNCTION public.may_see_provider(provider uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_see_provider(provider uuid) TO ap_app;

GRANT SELECT ON TABLE public.alembic_version TO ap_app;
GRANT SELECT ON TABLE public.alembic_version TO ap_operator;
GRANT SELECT ON TABLE public.alembic_version TO ap_publisher;
GRANT SELECT ON TABLE public.alembic_version TO ap_read;

GRANT SELECT ON TABLE public.former_local_authorities TO ap_app;
GRANT SELECT ON TABLE public.former_local_authorities TO ap_operator;
GRANT SELECT ON TABLE public.former_local_authorities TO ap_publisher;
GRANT SELECT ON TABLE public.former_local_authorities TO ap_read;

GRANT SELECT ON TABLE public.former_local_authority_successors TO ap_app;
GRANT SELECT ON TABLE public.former_local_authority_successors TO ap_operator;
GRANT SELECT ON TABLE public.former_local_authority_successors TO ap_publisher;
GRANT SELECT ON TABLE public.former_local_authority_successors TO ap_read;

GRANT SELECT,INSERT ON TABLE public.import_runs TO ap_operator;

GRANT SELECT ON TABLE public.ledger_bodies TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.ledger_bodies TO ap_publisher;

GRANT SELECT ON TABLE public.ledger_entries TO ap_operator;
GRANT SELECT,INSERT ON TABLE public.ledger_entries TO ap_publisher;

GRANT SELECT ON TABLE public.ledger_head TO ap_operator;
GRANT SELECT ON TABLE public.ledger_head TO ap_app;
GRANT SELECT ON TABLE public.ledger_head TO ap_read;
GRANT SELECT ON TABLE public.ledger_head TO ap_publisher;

GRANT UPDATE(entry) ON TABLE public.ledger_head TO ap_publisher;

GRANT UPDATE(recorded_at) ON TABLE public.ledger_head TO ap_publisher;

GRANT UPDATE(demonstration) ON TABLE public.ledger_head TO ap_publisher;

GRANT SELECT ON TABLE public.local_authorities TO ap_app;
GRANT SELECT ON TABLE public.local_authorities TO ap_operator;
GRANT SELECT ON TABLE public.local_authorities TO ap_publisher;
GRANT SELECT ON TABLE public.local_authorities TO ap_read;

GRANT SELECT ON TABLE public.offers TO ap_app;
GRANT SELECT ON TABLE public.offers TO ap_publisher;
GRANT SELECT,INSERT,UPDATE ON TABLE public.offers TO ap_operator;

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

GRANT SELECT ON TABLE public.provider_identifiers TO ap_app;
GRANT SELECT ON TABLE public.provider_identifiers TO ap_publisher;
GRANT SELECT,INSERT ON TABLE public.provider_identifiers TO ap_operator;

GRANT SELECT ON TABLE public.provider_known_by TO ap_app;
GRANT SELECT,INSERT ON TABLE public.provider_known_by TO ap_operator;

GRANT SELECT ON TABLE public.provider_names TO ap_app;
GRANT SELECT ON TABLE public.provider_names TO ap_publisher;
GRANT SELECT,INSERT ON TABLE public.provider_names TO ap_operator;

GRANT UPDATE(until) ON TABLE public.provider_names TO ap_operator;

GRANT USAGE ON SEQUENCE public.provider_numbers TO ap_operator;

GRANT SELECT,INSERT ON TABLE public.provider_status_changes TO ap_operator;

GRANT SELECT ON TABLE public.providers TO ap_app;
GRANT SELECT ON TABLE public.providers TO ap_publisher;
GRANT SELECT,INSERT,UPDATE ON TABLE public.providers TO ap_operator;

GRANT UPDATE(last_entry) ON TABLE public.providers TO ap_publisher;

GRANT SELECT ON TABLE public.register_documents TO ap_read;
GRANT SELECT ON TABLE public.register_documents TO ap_app;
GRANT SELECT ON TABLE public.register_documents TO ap_operator;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.register_documents TO ap_publisher;

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

GRANT SELECT ON TABLE public.sites TO ap_app;
GRANT SELECT ON TABLE public.sites TO ap_publisher;
GRANT SELECT,INSERT,UPDATE ON TABLE public.sites TO ap_operator;
