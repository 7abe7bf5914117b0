-- Every table of people's data is in the audit; what is not, is not by decision.
begin;
\ir ../community.psql

select set_eq($$select c.relname::text from pg_class c
    where c.relnamespace = 'garita'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgfoid = 'garita.record_change'::regproc)$$,
    $$values
        -- The audit itself, the log of the gates, and what the machine counts or keeps for a retry.
        ('audit'), ('access_logs'), ('log_seals'), ('log_leaves'), ('schema_migrations'), ('admissions'), ('answers'), ('guess_counts'), ('legacy_imports'),
        ('log_day_rollups'), ('log_people'), ('log_people_rollups'), ('log_rollups'), ('log_rollup_progress'), ('login_challenges'),
        ('login_throttles'), ('photo_counts'), ('registration_counts'), ('row_counts'), ('visits_inside'), ('jobs'),
        -- What is told to the world outside, and what doors tell.
        ('outbox'), ('door_states'), ('door_events'), ('driver_memory'), ('webhook_subjects'), ('deliveries'),
        -- Copies of rows that are, and counters of a gate.
        ('credentials'), ('gates'),
        -- The same for everybody, of a file of the product.
        ('phone_plans'),
        -- api.finish_csv_import and api.undo_csv_import write down what becomes of a file.
        ('csv_imports')$$, 'every other table tells of its changes');
select is_empty($$select c.relname from pg_class c join pg_trigger t on t.tgrelid = c.oid
    where t.tgfoid = 'garita.record_change'::regproc and t.tgenabled <> 'O'$$, 'no trigger of the audit is switched off');

select * from finish();
rollback;
