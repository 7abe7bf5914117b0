create or replace function garita.announce_refusal(
    p_log_id bigint, p_gate garita.gates, p_pass garita.credentials, p_direction text, p_method text,
    p_reasons text[])
returns void
language plpgsql volatile
as $$
begin
    if not exists (select from garita.webhooks w where w.site_id = p_gate.site_id and w.is_active) then
        return;
    end if;
    perform garita.announce(
        p_gate.site_id, 'access.refused', 'log:' || p_log_id,
        jsonb_build_object(
            'log_id', p_log_id, 'access_point_id', nullif(p_gate.point_id, 0), 'direction', p_direction,
            'method', p_method, 'reasons', to_jsonb(p_reasons), 'blocklisted', 'blocklisted' = any (p_reasons),
            'visit_id', p_pass.visitor_id, 'unit_id', p_pass.unit_id,
            'resident_id', case when p_pass.visitor_id is null then p_pass.resident_id end),
        jsonb_build_object(
            'access_point', p_gate.point_name, 'person_name', nullif(p_pass.person_name, ''),
            'unit', nullif(p_pass.unit_display, '')));
end
$$;

comment on function garita.announce_refusal(
    bigint, garita.gates, garita.credentials, text, text, text[]) is
    'Tells subscriptions that a gate refused somebody, and why; blocklisted marks a hit of the block list.';
