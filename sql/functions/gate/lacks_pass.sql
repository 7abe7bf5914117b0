-- As the owner: whether the pass of a visit was cancelled is no secret of a guard's, its code is.
create or replace function api.lacks_pass(p_visitor_id bigint) returns boolean
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
begin
    return exists (
        select from garita.visitors v
        where v.id = p_visitor_id and v.site_id = garita.current_site_id() and v.status = 'APPROVED'
            and v.expected_date = current_date
            -- Who cancels a pass does not want the visitor; one for other hours says when the visitor may come.
            and not exists (
                select from garita.temporary_codes t
                where t.visitor_id = v.id
                    and (t.revoked_at is not null or t.is_active and t.valid_until > clock_timestamp())));
end
$$;

comment on function api.lacks_pass(bigint) is
    'Whether a visit is approved and expected today, and has no pass that could admit it: none was issued, or all are '
    'used up or over. A cancelled one counts as a refusal.';
grant execute on function api.lacks_pass(bigint) to garita_admin, garita_guard;
