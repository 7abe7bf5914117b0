create or replace function garita.lock_pass(
    p_tags bytea[], p_request_id text, p_address text,
    out alias_id bigint, out code_id bigint, out visitor_id bigint, out state text)
language plpgsql volatile
as $$
begin
    select a.id, t.id, t.visitor_id into alias_id, code_id, visitor_id
    from garita.pass_aliases a
    join garita.sites s on s.id = a.site_id and s.is_active
    join garita.temporary_codes t on t.id = a.temporary_code_id
    join garita.visitors v on v.id = t.visitor_id
    where a.kind = 'LINK' and a.code_tag = any (p_tags)
    -- The code before the visit, as a decision at a gate locks them: neither waits for the other in a circle.
    for no key update of a, t;
    perform from garita.visitors v where v.id = visitor_id for no key update;
    if code_id is null then
        raise exception using errcode = 'GA404', hint = 'Pass',
            message = 'There is no such pass.',
            detail = 'No existe ese pase.';
    end if;
    state := garita.pass_state(code_id, clock_timestamp());
    perform
        set_config('garita.actor', 'visitor', true),
        set_config('garita.request_id', coalesce(p_request_id, ''), true),
        set_config('garita.address', coalesce(p_address, ''), true);
end
$$;

comment on function garita.lock_pass(bytea[], text, text) is
    'The pass of a link until the end of the transaction, for a change by its visitor, as whom the audit names the change. '
    'GA404 for a link of none.';
