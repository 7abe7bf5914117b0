-- As the owner: whether a visit has a pass is no secret of a guard's, its code is. Whoever admits the same visit at the same
-- moment waits here until the other has passed or been refused, and then finds the pass that the other got. A lock of its
-- own and not that of the row: a scan locks the code first and then the visit, so this must not hold the visit meanwhile.
create or replace function api.lacks_pass(p_visitor_id bigint, p_request_id text) returns boolean
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('admit ' || p_visitor_id, 0));
    return not exists (
            select from garita.admissions a
            where a.caller = 'u:' || garita.current_user_id() and a.request_id = p_request_id)
        and exists (
            select from garita.visitors v
            where v.id = p_visitor_id and v.site_id = garita.current_site_id() and v.status = 'APPROVED'
                and v.expected_date = current_date
                and not exists (select from garita.temporary_codes t where t.visitor_id = v.id));
end
$$;

comment on function api.lacks_pass(bigint, text) is
    'Whether a visit is approved and expected today and never had a pass, so that whoever admits it by name issues one; '
    'false for a request id that has its answer already. Other admissions of the visit wait until the transaction ends.';
grant execute on function api.lacks_pass(bigint, text) to garita_admin, garita_guard;
