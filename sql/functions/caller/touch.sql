-- last_login is a trace of use, not a change of the account: it alone leaves updated_at as it is.
create or replace function garita.touch() returns trigger
language plpgsql
as $$
begin
    new.updated_at := clock_timestamp();
    return new;
end
$$;

comment on function garita.touch() is 'Sets updated_at; created_at never changes because no role may write it.';

-- Settings that are saved unchanged keep their version, so that other open forms stay valid.
create or replace trigger touch before update on garita.sites for each row
    when (old is distinct from new) execute function garita.touch();
create or replace trigger touch before update on garita.users for each row
    when (old.last_login is not distinct from new.last_login) execute function garita.touch();
-- What a session holds of its account changes with the account.
create or replace trigger touch before update on garita.sessions for each row
    when ((old.site_id, old.caller_role, old.caller_version)
        is not distinct from (new.site_id, new.caller_role, new.caller_version)) execute function garita.touch();
create or replace trigger touch before update on garita.buildings for each row execute function garita.touch();
create or replace trigger touch before update on garita.units for each row execute function garita.touch();
create or replace trigger touch before update on garita.residents for each row execute function garita.touch();
create or replace trigger touch before update on garita.visitors for each row execute function garita.touch();
-- Not when its number is drawn again.
create or replace trigger touch before update of
    visitor_id, code_tag, code_sealed, key_version, code_hint, code_type, valid_from, valid_until, max_uses, revoked_at,
    generated_by, schedule_id
    on garita.temporary_codes for each row execute function garita.touch();
create or replace trigger touch before update on garita.access_points for each row execute function garita.touch();
create or replace trigger touch before update on garita.access_codes for each row execute function garita.touch();
create or replace trigger touch before update on garita.access_code_points for each row execute function garita.touch();
create or replace trigger touch before update on garita.temporary_code_points for each row
    execute function garita.touch();
create or replace trigger touch before update on garita.schedules for each row execute function garita.touch();
create or replace trigger touch before update on garita.holidays for each row execute function garita.touch();
create or replace trigger touch before update on garita.blocklist for each row execute function garita.touch();
create or replace trigger touch before update on garita.devices for each row execute function garita.touch();
create or replace trigger touch before update on garita.csv_imports for each row execute function garita.touch();
create or replace trigger touch before update on garita.csv_columns for each row execute function garita.touch();
create or replace trigger touch before update on garita.pass_aliases for each row execute function garita.touch();
create or replace trigger touch before update on garita.log_corrections for each row execute function garita.touch();
create or replace trigger touch before update on garita.shifts for each row execute function garita.touch();
create or replace trigger touch before update on garita.vehicles for each row execute function garita.touch();
create or replace trigger touch before update on garita.standing_orders for each row execute function garita.touch();
create or replace trigger touch before update on garita.standing_order_acknowledgements for each row
    execute function garita.touch();
create or replace trigger touch before update on garita.shift_notes for each row execute function garita.touch();
create or replace trigger touch before update on garita.doors for each row execute function garita.touch();
create or replace trigger touch before update on garita.terminals for each row execute function garita.touch();
create or replace trigger touch before update of
    name, url, events, secrecy, is_active, secret_sealed, previous_sealed, previous_until
    on garita.webhooks for each row execute function garita.touch();
