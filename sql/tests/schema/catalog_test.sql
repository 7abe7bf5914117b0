-- What must hold of every table and function, also of those that nobody has thought of yet.
-- Newer versions of it ask for this before the first function of PL/pgSQL runs.
load 'plpgsql_check';
begin;
\ir ../community.psql

create temporary view ours as
select p.*, n.nspname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname in ('api', 'garita')
    and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e');

select is_empty($$select oid::regprocedure from ours where prosecdef
    and not coalesce(array_to_string(proconfig, ' ') ~ 'search_path="?(garita|pg_catalog), pg_temp', false)$$,
    'every definer function pins its search path, pg_temp last');
select is_empty($$select o.oid::regprocedure from ours o, aclexplode(coalesce(o.proacl, acldefault('f', o.proowner))) a
    where a.grantee = 0$$, 'PUBLIC executes nothing');
select is_empty($$select oid::regprocedure from ours where proowner <> 'garita_owner'::regrole$$, 'one owner of all functions');
select is_empty($$select oid::regprocedure from ours where obj_description(oid, 'pg_proc') is null$$,
    'every function says what it is for');
select is_empty($$select c.oid::regclass from pg_class c where c.relnamespace = 'garita'::regnamespace and c.relkind in ('r', 'p')
    and obj_description(c.oid, 'pg_class') is null$$, 'every table says what it is for');
select is_empty($$select c.oid::regclass from pg_class c where c.relnamespace = 'garita'::regnamespace and c.relkind in ('r', 'p')
    and not c.relrowsecurity$$, 'row-level security is on everywhere');
select is_empty($$select c.oid::regclass, r.rolname from pg_class c, pg_roles r
    where c.relnamespace = 'garita'::regnamespace and c.relkind in ('r', 'p')
        and r.rolname in ('garita_gate', 'garita_auth', 'garita_app', 'garita_device', 'garita_status', 'garita_outbox')
        and (has_table_privilege(r.oid, c.oid, 'select, insert, update, delete, truncate, references, trigger')
            or has_any_column_privilege(r.oid, c.oid, 'select, insert, update, references'))$$,
    'a pool has no right on any table by itself');
select is_empty($$select rolname from pg_roles where rolname like 'garita%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)$$,
    'no role of ours is above the rules');
select is_empty($$select rolname from pg_roles where rolname in ('garita_gate', 'garita_auth', 'garita_app', 'garita_device', 'garita_status', 'garita_outbox', 'garita_admin', 'garita_guard', 'garita_resident')
    and (has_database_privilege(oid, current_database(), 'create') or has_database_privilege(oid, current_database(), 'temporary')
        or has_schema_privilege(oid, 'garita', 'create') or has_schema_privilege(oid, 'api', 'create'))$$,
    'nobody but the owner makes tables, not even temporary ones');
select is_empty($$select c.relname, a.attname, r.rolname from pg_attribute a join pg_class c on c.oid = a.attrelid, pg_roles r
    where c.relnamespace = 'garita'::regnamespace and c.relkind in ('r', 'p') and r.rolname like 'garita%' and r.rolname not in ('garita_owner', 'garita_migrate')
        and a.attname in ('password_hash', 'code_tag', 'code_sealed', 'secrets', 'previous_sealed', 'token_version', 'caller_version', 'gate_version', 'blocklist_salt', 'value', 'near_matches', 'fingerprint', 'token_tag', 'secret_sealed', 'recovery_tags', 'page_tag', 'registry_code', 'session_code')
        and has_column_privilege(r.oid, c.oid, a.attnum, 'select')$$, 'no role reads a secret column');
select is_empty($$select c.conname from pg_constraint c where c.contype = 'f' and c.conrelid = 'garita.access_logs'::regclass$$,
    'the log has no foreign keys');
select is_empty($$select c.oid::regclass from pg_class c where c.relnamespace = 'garita'::regnamespace and c.relkind = 'r' and not c.relispartition
    and c.relname not in ('schema_migrations', 'jobs', 'sites', 'phone_plans', 'driver_memory', 'audit', 'log_seals', 'log_leaves')
    and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'site_id')$$, 'every row belongs to a site');
select is(string_agg(o.proname || ' ' || r.rolname, ', ' order by o.proname, r.rolname),
    'begin_challenge garita_auth, begin_device_request garita_app, begin_login garita_auth, begin_own_code garita_auth, begin_request garita_app, begin_request garita_auth, cancel_pass garita_app, change_password garita_auth, clock_lag garita_app, clock_lag garita_auth, clock_lag garita_gate, close_session garita_app, close_session garita_auth, '
    'confirm_second_factor garita_auth, disable_second_factor garita_auth, find_page_session garita_app, find_page_session garita_auth, find_password_link garita_auth, last_jobs garita_app, last_jobs garita_status, open_pass garita_app, open_session garita_auth, outbox_cards garita_outbox, outbox_claim_doors garita_outbox, outbox_claim_webhooks garita_outbox, outbox_doors garita_outbox, outbox_facts garita_status, outbox_memory garita_outbox, outbox_next_due garita_outbox, outbox_note_swipe garita_outbox, outbox_open_asked garita_outbox, outbox_report garita_outbox, outbox_report_webhook garita_outbox, outbox_wall_clock garita_outbox, outbox_webhook_wait garita_outbox, own_account garita_auth, '
    'pass_calendar garita_app, pass_challenge garita_auth, ready garita_app, ready garita_auth, ready garita_gate, record_refusal garita_app, record_refusal garita_auth, '
    'record_refusal garita_gate, refuse_login garita_auth, release_login_attempt garita_auth, renew_page_session garita_auth, renew_recovery_codes garita_auth, require_caller garita_app, require_caller garita_auth, require_caller garita_gate, reset_password garita_auth, '
    'rotate_session garita_app, second_factor garita_auth, session_is_live garita_app, set_pass_plate garita_app, start_second_factor garita_auth, system_facts garita_status, '
    'upgrade_password garita_auth, validate_code garita_app, '
    'validate_code garita_gate',
    'each pool calls its own functions and no others')
from ours o, pg_roles r
where o.nspname = 'api' and r.rolname in ('garita_gate', 'garita_auth', 'garita_app', 'garita_status', 'garita_outbox')
    and has_function_privilege(r.oid, o.oid, 'execute');
select is(string_agg(o.proname, ' ' order by o.proname),
    'ask_terminal_gate claim_terminal_commands clock_lag connect_terminal finish_terminal_commands greet_terminal note_terminal ready '
    'record_terminal_events register_terminal report_terminal_state', 'terminals call what is made for them')
from ours o where o.nspname in ('api', 'garita') and has_function_privilege('garita_device', o.oid, 'execute');

-- Nobody but a command as the owner enrols a device, and nobody brings a time of one's own to a decision.
select is_empty($$select o.oid::regprocedure, r.rolname from ours o, pg_roles r
    where o.nspname = 'garita' and r.rolname like 'garita%' and r.rolname not in ('garita_owner', 'garita_migrate')
        and o.proname in ('decide', 'enrol_device', 'rotate_device', 'revoke_device', 'retire_device_keys', 'purge_admissions', 'purge_answers',
            'decide_by_hand', 'open_doors', 'queue_door', 'find_terminal', 'require_terminal', 'see_terminal', 'terminal_doors', 'device_of_door', 'confirm_opening', 'log_terminal_grant', 'heed_terminal_event', 'administered_door', 'wants_open', 'is_wanted', 'is_behind', 'expire_openings', 'answer_opening', 'note_door', 'note_event', 'note_contact', 'keep_admission', 'best_code', 'is_visit_near', 'residents_named', 'visits_named',
            'announce', 'announce_visit', 'announce_refusal', 'message_body', 'webhook_pause', 'stop_webhook', 'keep_webhook', 'forget_webhook', 'require_webhook', 'purge_webhooks', 'log_past', 'opens_unasked',
            'stop_waiting', 'note_silent', 'next_silent', 'emergency_doors', 'emergency_notice', 'door_troubles', 'note_held', 'next_held',
            'find_pass', 'look_up', 'write_log', 'find_alias', 'faults', 'opens', 'judge', 'require_question', 'count_refusal', 'gate_of_site', 'renew_credentials', 'write_credentials', 'renew_gates', 'lock_pass', 'pass_state', 'link_password', 'begin_session', 'make_challenge', 'begin_code', 'spend_code', 'prove_second_factor', 'spend_challenge', 'reset_second_factor', 'has_second_factor', 'unlock_account', 'require_administrator_of', 'write_audit', 'act_as', 'purge_logins', 'gate_of_user', 'callers', 'lock_caller', 'copy_callers', 'check_copies', 'repair_copies', 'repair_credentials', 'gate_of_device', 'recall_admission', 'count_failure', 'count_guess', 'count_throttled', 'charge_guess', 'weigh_guess', 'kinds_of_text', 'exit_wait', 'close_gates', 'match_blocklist', 'read_phone', 'dial_phone', 'format_phone', 'without_trunk', 'phone_readings', 'phone_endings', 'plain_phone', 'phone_part', 'phone_pattern', 'restyle_phones', 'country_of',
            'is_erasure', 'is_forgettable', 'without_person', 'erase_visitor', 'erase_visits', 'erase_visitors', 'erase_deleted_people', 'purge_sessions', 'purge_unknown_logins', 'purge_csv_imports', 'purge_jobs', 'purge_outbox', 'begin_job', 'end_job', 'list_erasures', 'repeat_erasure', 'passes_in_doubt', 'end_restored_time', 'create_user', 'keep_name_rules', 'count_scripts', 'is_role_word', 'require_good_name', 'erase_deleted_visits', 'erase_log_names', 'protect', 'drop_orphan_functions', 'import_legacy_row', 'import_legacy_rows', 'import_legacy_logs', 'import_legacy_log_page', 'import_legacy_photo', 'unreadable_legacy_field', 'advance_identities')
        and has_function_privilege(r.oid, o.oid, 'execute')$$, 'inner functions are called by functions alone');

select is_empty($$select o.oid::regprocedure, c.message from ours o
    left join lateral (select t.tgrelid, t.tgoldtable, t.tgnewtable from pg_trigger t where t.tgfoid = o.oid and not t.tgisinternal limit 1) t on true,
    plpgsql_check_function_tb(o.oid, coalesce(t.tgrelid, 0), oldtable => t.tgoldtable, newtable => t.tgnewtable, fatal_errors => false, extra_warnings => true,
        performance_warnings => true, security_warnings => true) c
    where o.prolang = (select oid from pg_language where lanname = 'plpgsql')
        -- It names columns as the operator's command declares them, each quoted; no pool may call it (above).
        and not (o.proname = 'import_legacy_row' and c.message = 'the expression is not SQL injection safe')
        -- These name columns and functions as the catalogue does, each quoted.
        -- A row of any table that has the trigger; a text that is run, and writes.
        and not (o.proname = 'write_phones' and c.message = 'target type is different type than source type')
        and not (o.proname = 'restyle_phones' and c.message = 'routine is marked as VOLATILE, should be STABLE')
        and not (o.proname = 'list_references' and c.message = 'text type variable is not sanitized')
        and not (o.proname in ('drop_orphan_functions', 'protect')
            and c.message in ('the expression is not SQL injection safe', 'routine is marked as VOLATILE, should be STABLE',
                'text type variable is not sanitized'))$$,
    'plpgsql_check finds nothing');

select * from finish();
rollback;
