-- Takes a database of the last development version before the baseline (0050_code_digits) to the baseline, 0001 to 0009.
-- `garita migrate` runs it once, then reloads the functions and policies and drops those of old names. Entries of the audit
-- stay as they were written: they name garita.csv_imports by its old name, uploads.

alter table garita.imports rename to legacy_imports;
alter table garita.legacy_imports rename column original_id to legacy_id;
alter table garita.legacy_imports rename constraint imports_pkey to legacy_imports_pkey;
alter table garita.legacy_imports rename constraint imports_site_fkey to legacy_imports_site_fkey;

alter table garita.uploads rename to csv_imports;
alter table garita.csv_imports rename column rows_taken_back to rows_undone;
alter table garita.csv_imports rename constraint uploads_pkey to csv_imports_pkey;
alter table garita.csv_imports rename constraint uploads_site_fkey to csv_imports_site_fkey;
alter table garita.csv_imports rename constraint uploads_user_fkey to csv_imports_user_fkey;
alter table garita.csv_imports rename constraint uploads_table_name_length to csv_imports_table_name_length;
alter table garita.csv_imports rename constraint uploads_file_name_length to csv_imports_file_name_length;
alter table garita.csv_imports rename constraint uploads_rows_range to csv_imports_rows_range;
alter table garita.csv_imports rename constraint uploads_content_gone to csv_imports_content_gone;
alter table garita.csv_imports rename constraint uploads_undone_after to csv_imports_undone_after;
alter index garita.uploads_site_idx rename to csv_imports_site_idx;
alter index garita.uploads_user_idx rename to csv_imports_user_idx;
alter sequence garita.uploads_id_seq rename to csv_imports_id_seq;

alter table garita.log_sums rename to log_rollups;
alter table garita.log_rollups rename constraint log_sums_pkey to log_rollups_pkey;
alter index garita.log_sums_day_idx rename to log_rollups_day_idx;
alter table garita.log_people_sums rename to log_people_rollups;
alter table garita.log_people_rollups rename constraint log_people_sums_pkey to log_people_rollups_pkey;
alter table garita.log_days rename to log_day_rollups;
alter table garita.log_day_rollups rename constraint log_days_pkey to log_day_rollups_pkey;
alter table garita.log_day_rollups rename constraint log_days_kind_choice to log_day_rollups_kind_choice;
alter table garita.log_summaries rename to log_rollup_progress;
alter table garita.log_rollup_progress rename column summed_until to rolled_up_until;
alter table garita.log_rollup_progress rename constraint log_summaries_pkey to log_rollup_progress_pkey;
alter table garita.log_rollup_progress rename constraint log_summaries_site_fkey to log_rollup_progress_site_fkey;

alter table garita.blocklist rename column likenesses to near_matches;
alter index garita.blocklist_likenesses_idx rename to blocklist_near_matches_idx;

-- `create or replace` cannot rename what it returns.
drop function garita.log_window(timestamptz, timestamptz);

-- Rows older than the rule were never compared with it. Where one violates it, the rule still holds for what is written.
do $$
begin
    alter table garita.residents validate constraint residents_move_out_date_order;
exception when check_violation then
    raise notice 'A resident moves out before moving in: residents_move_out_date_order stays unvalidated.';
end
$$;

-- The baseline's versions take the place of these.
delete from garita.schema_migrations;
