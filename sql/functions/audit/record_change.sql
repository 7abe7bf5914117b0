-- One trigger for all tables but the access log. It does not fire for what the gate itself does inside
-- api.validate_code (uses, which garita.credentials counts; a visitor going in or out): the log row of the same
-- transaction is that record, and a second one would cost every entry an insert. The trigger of visits knows the gate
-- without trusting a setting: only the gate, as the owner, moves a visitor to CHECKED_IN or CHECKED_OUT.
create or replace function garita.record_change() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
declare
    c_secret constant text[] := array['password_hash', 'code_tag', 'code_sealed', 'value', 'blocklist_salt', 'token_tag',
        'secret_sealed', 'recovery_tags', 'page_tag', 'secrets', 'previous_sealed', 'registry_code', 'session_code'];
    -- Maintained by the system, not changed by a person; a rotated session is the same session.
    c_noise constant text[] := array[
        'created_at', 'updated_at', 'last_login', 'generation', 'issued_at', 'rotated_at', 'near_matches',
        'last_step', 'failures', 'tried_at', 'search_text', 'name_key', 'phones_read_in',
        'caller_role', 'caller_version', 'gate_version', 'secrets_generation', 'held_until'];
    c_phones constant text[] := array['phone', 'owner_phone', 'emergency_contact_phone'];
    v_old jsonb := coalesce(jsonb_strip_nulls(to_jsonb(old)), '{}');
    v_new jsonb := coalesce(jsonb_strip_nulls(to_jsonb(new)), '{}');
    v_row jsonb := v_old || v_new;
    v_changes jsonb;
begin
    select jsonb_object_agg(f.name, case
        when f.name = any (c_secret) then '["***", "***"]'
        -- Whether there was one and is one; the file name gives access to the photo.
        when f.name = 'photo' then jsonb_build_array(v_old ->> 'photo' <> '', v_new ->> 'photo' <> '')
        else jsonb_build_array(v_old -> f.name, v_new -> f.name)
    end)
    into v_changes
    from jsonb_object_keys(v_row) f (name)
    where v_old -> f.name is distinct from v_new -> f.name and f.name <> all (c_noise)
        -- The end of a session moves with every rotation; the end of a block is a decision.
        and (f.name <> 'expires_at' or tg_table_name <> 'sessions')
        -- The same number, written in the one style, is no change.
        and case when f.name = any (c_phones) then v_new ->> f.name is distinct from garita.read_phone(
            v_old ->> f.name, (select s.country from garita.sites s where s.id = (v_row ->> 'site_id')::bigint))
            else true end;

    if v_changes is not null then
        insert into garita.audit (site_id, user_id, actor, request_id, address, table_name, row_id, action, changes)
        values (
            (v_row ->> case when tg_table_name = 'sites' then 'id' else 'site_id' end)::bigint,
            garita.current_user_id(),
            coalesce(
                (select u.username from garita.users u where u.id = garita.current_user_id()),
                current_setting('garita.actor', true), ''),
            coalesce(current_setting('garita.request_id', true), ''),
            coalesce(current_setting('garita.address', true), ''),
            tg_table_name, (v_row ->> coalesce(tg_argv[0], 'id'))::bigint, tg_op, v_changes);
    end if;
    return null;
end
$$;

comment on function garita.record_change() is 'Writes who changed which fields of a row, old and new, secrets masked.';

create or replace trigger audit after insert or update or delete on garita.sites
    for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.users
    for each row execute function garita.record_change();
-- Not of a deletion: that is garita.purge_sessions, or goes with the account.
create or replace trigger audit after insert on garita.sessions
    for each row execute function garita.record_change();
-- Not for its refreshes, nor for what it holds of its account.
create or replace trigger audit_update after update of
    user_id, absolute_end, revoked_at, page_tag, token_version, chosen_site_id
    on garita.sessions for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.password_links
    for each row execute function garita.record_change();
create or replace trigger audit after insert or delete on garita.second_factors
    for each row execute function garita.record_change('user_id');
-- Not the counters.
create or replace trigger audit_update after update of secret_sealed, key_version, recovery_tags, confirmed_at
    on garita.second_factors for each row execute function garita.record_change('user_id');
create or replace trigger audit after insert or update or delete on garita.buildings
    for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.units
    for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.residents
    for each row execute function garita.record_change();
create or replace trigger audit after insert or delete on garita.visitors
    for each row execute function garita.record_change();
create or replace trigger audit_update after update on garita.visitors for each row
    -- Nor for an erasure, whose old values are what must go: garita.erase_visitors writes its own entry.
    -- The gate changes no plate: that is a visitor on the page of the pass.
    when (not (current_user = 'garita_owner'
        and (new.status in ('CHECKED_IN', 'CHECKED_OUT') and new.vehicle_plate = old.vehicle_plate
            or new.first_name || new.last_name = '——')))
    execute function garita.record_change();
create or replace trigger audit after insert or delete on garita.temporary_codes
    for each row execute function garita.record_change();
-- Whoever switches a code off also writes revoked_at. Not that its number was drawn again.
create or replace trigger audit_update after update of
    visitor_id, code_tag, code_sealed, key_version, code_hint, code_type, valid_from, valid_until, max_uses, revoked_at,
    generated_by, schedule_id
    on garita.temporary_codes for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.access_points
    for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.access_codes
    for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.access_code_points
    for each row execute function garita.record_change('access_code_id');
create or replace trigger audit after insert or update or delete on garita.temporary_code_points
    for each row execute function garita.record_change('temporary_code_id');
create or replace trigger audit after insert or update or delete on garita.schedules
    for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.holidays
    for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.blocklist
    for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.devices
    for each row execute function garita.record_change();
-- Of the throttle only the acknowledgement: the failures themselves are in the log.
create or replace trigger audit after update of acknowledged_at on garita.gate_throttles
    for each row execute function garita.record_change('access_point_id');
-- What a column of a file is taken for decides what later files write.
create or replace trigger audit after insert or update or delete on garita.csv_columns
    for each row execute function garita.record_change();
create or replace trigger audit after insert or delete on garita.pass_aliases
    for each row execute function garita.record_change('temporary_code_id');
-- Not that its page was looked at.
create or replace trigger audit_update after update of code_tag, code_sealed, key_version
    on garita.pass_aliases for each row execute function garita.record_change('temporary_code_id');
create or replace trigger audit after insert on garita.log_corrections
    for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.shifts
    for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.vehicles
    for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.standing_orders
    for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.standing_order_acknowledgements
    for each row execute function garita.record_change('standing_order_id');
create or replace trigger audit after insert or update or delete on garita.shift_notes
    for each row execute function garita.record_change('shift_id');
create or replace trigger audit after insert or update or delete on garita.doors
    for each row execute function garita.record_change();
create or replace trigger audit after insert or update on garita.emergencies
    for each row execute function garita.record_change();
create or replace trigger audit after insert or update or delete on garita.terminals
    for each row execute function garita.record_change();
create or replace trigger audit after insert or delete on garita.webhooks
    for each row execute function garita.record_change();
-- Not that its receiver is given a rest.
create or replace trigger audit_update after update of
    name, url, events, secrecy, is_active, secret_sealed, previous_sealed
    on garita.webhooks for each row execute function garita.record_change();
