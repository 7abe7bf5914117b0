-- A device that decided while nobody could be asked tells of it later. The rollups of the log hold all rows before a moment
-- (garita.log_rollup_progress): a row that comes after that has to be counted with them.
create or replace function garita.log_past(
    p_gate garita.gates, p_pass garita.credentials, p_direction text, p_code_tag bytea, p_code_hint text,
    p_warnings text[], p_notes text, p_at timestamptz)
returns bigint
language plpgsql volatile
as $$
begin
    if p_at < clock_timestamp() - interval '20 seconds' then
        -- Nobody rolls up while this is written.
        perform pg_advisory_xact_lock(hashtextextended('garita.log_rollups', p_gate.site_id));
        if exists (
            select from garita.log_rollup_progress r where r.site_id = p_gate.site_id and r.rolled_up_until > p_at)
        then
            perform garita.discard_log_rollups(p_gate.site_id);
        end if;
    end if;
    perform garita.ensure_log_partition((p_at at time zone 'UTC')::date);
    return garita.write_log(
        p_gate, p_pass, p_direction, null, p_code_tag, p_code_hint, null, p_warnings, null, null, '', '', p_notes, p_at);
end
$$;

comment on function garita.log_past(
    garita.gates, garita.credentials, text, bytea, text, text[], text, timestamptz) is
    'The log row of what a device decided by itself, granted, at a moment of the past; returns its number.';
