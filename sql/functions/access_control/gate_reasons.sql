-- The lines of the rules that can refuse both an entry and an exit, in the order of the rules.
create or replace function garita.gate_reasons(
    p_point garita.access_points, p_pass garita.gate_pass, p_direction text)
returns text[]
language sql immutable
as $$
    select array_remove(array[
        case when not p_point.is_active then 'gate_inactive' end,
        case when not case p_direction when 'ENTRY' then p_point.is_entry else p_point.is_exit end
            then 'wrong_direction' end,
        case when not case
                when p_pass.code_kind = 'QR' then p_point.supports_qr
                when p_pass.code_kind = 'RFID' then p_point.supports_rfid
                when p_pass.code_kind in ('NUMERIC', 'ALPHANUMERIC', 'OTP', 'PIN') then p_point.supports_numeric
            end then 'method_not_supported' end,
        case when p_pass.code_kind is null then 'unknown_code' end
    ], null)
$$;

comment on function garita.gate_reasons(garita.access_points, garita.gate_pass, text) is
    'Why the gate itself refuses this code in this direction; without an access point the gate lines are skipped.';
