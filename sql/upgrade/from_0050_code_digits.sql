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

-- Comments that the baseline words otherwise.
comment on column garita.access_codes.code_digits is
    'Digits of the code; null, like code_letters, for one stored before they were counted, or imported.';
comment on column garita.access_logs.warnings is
    'On an exit, the reasons that would have refused an entry: an exit is not refused for them.';
comment on column garita.answers.body_sealed is
    'The answer as it was sent, sealed with keys outside the database: there may be a code in it.';
comment on column garita.audit.changes is
    'Per field [old, new]; secrets are masked, so an entry tells that one changed, not how.';
comment on column garita.blocklist.near_matches is
    'Names and plates one typing error away, as garita.near_matches finds them.';
comment on column garita.blocklist.value is
    'As garita.blocklist_value normalizes it, by a trigger, from the clear text that is written. Readable by no role.';
comment on column garita.csv_imports.content is
    'The text of the file, sealed with keys outside the database: there may be codes in it. Null once imported.';
comment on column garita.csv_imports.report is 'The expected outcome of each row, or what could not be undone; sealed.';
comment on column garita.csv_imports.request_id is
    'Request id of the import: the audit entries that carry it are its rows.';
comment on column garita.devices.rotated_at is
    'When the latest key version began; the one before it is valid for 7 more days.';
comment on column garita.gate_throttles.exit_failures is
    'Wrong codes in a row at an exit while the bucket was closed: each doubles the pause before the next lookup.';
comment on column garita.gate_throttles.guessed_by is
    'Accounts whose wrong codes are among those counted: they may not acknowledge the gate.';
comment on column garita.gate_throttles.short_off is
    'True after a hundred wrong guesses in a day: short codes are refused here until a guard acknowledges.';
comment on column garita.gate_throttles.throttled_count is
    'Attempts refused unread in throttled_minute; only the first is logged.';
comment on column garita.guess_counts.paused_until is
    'Of an account or a device after too many: until then its short codes are refused unread.';
comment on column garita.legacy_imports.photo is
    'The photo file of the legacy system that was imported; empty: none yet.';
comment on column garita.legacy_imports.row_updated_at is
    'updated_at of the row here when it was taken: another value means that it was changed here since.';
comment on column garita.log_day_rollups.entries is 'Granted entries; exits: granted exits.';
comment on column garita.log_people.starts_at is 'The day of last_seen, as in log_rollups.';
comment on column garita.log_rollup_progress.names_from is 'Log rows before this moment have been stripped of names.';
comment on column garita.log_rollup_progress.seen_transaction is
    'The transaction that ran at seen_at: once all with lower numbers have ended, no earlier row can still appear.';
comment on column garita.log_rollups.total is
    'For the latest day: as far as the log is rolled up (log_rollup_progress).';
comment on column garita.login_throttles.user_id is
    'Null for a name without an account, which is throttled like any other.';
comment on column garita.schedules.ends_at is 'End, exclusive. Not after starts_at: the hours end on the next day.';
comment on column garita.schedules.on_holidays is 'Whether it also applies on the holidays of the site.';
comment on column garita.second_factors.last_step is
    'Greatest 30-second step that was accepted: no step is accepted twice.';
comment on column garita.sessions.generation is 'Number of the refresh token that is valid now.';
comment on column garita.sites.grace_after_minutes is 'Minutes a visitor may come too late.';
comment on column garita.sites.grace_before_minutes is
    'Minutes a visitor may come too early: widens validity windows and schedules, never an expiry date.';
comment on column garita.sites.has_blocklist is
    'Set by the first entry of the block list and never unset: where it is false, decisions skip the list.';
comment on column garita.sites.log_name_days is
    'Days after an attempt until its log row loses names, documents, plates and notes (garita.erase_log_names).';
comment on column garita.sites.resident_days is
    'Days after a resident or an account was deleted until personal data in its audit entries is blanked '
    '(garita.erase_deleted_people).';
comment on column garita.sites.visitor_days is
    'Days after the end of a visit until its personal fields and photo are erased (garita.erase_visitors).';
comment on column garita.users.name_key is
    'The name after NFKC and in lower case, so that no two names differ only in what nobody sees. A name older than '
    'this rule that equals another one has an equals sign before it, which no name may hold.';
comment on column garita.users.token_version is
    'Epoch of the account: every access token carries it; adding one makes all earlier tokens void at once.';
comment on function garita.current_site_id() is
    'Site of the current request, null outside of one: the default of every site_id.';
comment on schema api is
    'What workers call: one function per operation. The gate and auth pools may call nothing else.';
comment on table garita.admissions is
    'First answers to requests that carry an id, kept 48 h: a repeated request gets the same answer and spends no '
    'use. No index by time: the purge reads the whole table, which never holds more than two days.';
comment on table garita.answers is
    'First answers to requests that carried an Idempotency-Key, kept 48 h: the same request gets the same answer, and '
    'nothing is created twice. No index by time: the purge reads the whole table, which never holds more than two '
    'days.';
comment on table garita.audit is
    'One row per changed row, written by triggers. No foreign keys: an entry stays when its row is deleted.';
comment on table garita.blocklist is
    'Whom the gate refuses. Documents and phones are stored as salted tags, so that the list does not reveal them.';
comment on table garita.buildings is 'Buildings: towers, blocks, streets of houses.';
comment on table garita.csv_imports is
    'Files of rows that administrators import. Until it is imported only its owner sees a file, for an hour '
    '(garita.purge_csv_imports); afterwards the record stays, without the content, so that the import can be undone.';
comment on table garita.holidays is 'Days on which schedules do not apply, unless on_holidays says that they do.';
comment on table garita.legacy_imports is
    'Which row of the legacy system became which row here (garita import-original). Of the log only the rows whose '
    'number was in use: all others kept it. An entry stays when its row is deleted here, so that the row is not '
    'imported again.';
comment on table garita.log_day_rollups is
    'Log rows of each day, as far as the log is rolled up (log_rollup_progress): by hour, by method and by gate.';
comment on table garita.log_leaves is
    'What a seal covers of each log row. Facts: SHA-256 of what never changes. Person: a keyed tag of what retention '
    'blanks later; it stays when the names go and reveals nothing of them without the key.';
comment on table garita.log_people is
    'When each person of the log was seen last, as far as the log is rolled up. Whoever was seen since a moment was '
    'seen last since then: so different people are counted without reading the log.';
comment on table garita.log_rollup_progress is
    'How far each log is rolled up: the rollups hold every row before rolled_up_until, and none after.';
comment on table garita.log_rollups is
    'Log rows since the beginning of the log, at the end of each day of the site that has any: the rows of a stretch '
    'of days are the difference of two totals. '''' and -1 stand for every value and every gate, gate 0 for none.';
comment on table garita.login_challenges is
    'Log-ins whose password was right and whose second factor is missing. The token is not stored: its tag needs a '
    'key that the database does not have. Valid once, for five minutes and five codes.';
comment on table garita.login_throttles is
    'Log-in attempts since the last that succeeded. A name is stored as a keyed tag only: people type passwords '
    'there.';
comment on table garita.password_links is
    'At most one link for each account; a newer one replaces it, a new password deletes it. The token itself is not '
    'stored: its tag needs a key that the database does not have.';
comment on table garita.photo_counts is
    'Photos that an account has sent since a moment, counted for 24 hours: decoding a photo is expensive.';
comment on table garita.schedules is
    'When a code opens, by the local time of the site. Hours that pass midnight belong to the day they begin.';
comment on type garita.gate is
    'Site, caller and access point of a request. Null point_id: no gate was named, or it is not one of the site.';
comment on type garita.gate_verdict is
    'The answer of a gate: what api.validate_code returns, and what a repeated request gets again.';

-- The baseline's versions take the place of these.
delete from garita.schema_migrations;
