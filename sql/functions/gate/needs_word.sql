-- As the owner, as api.lacks_pass.
create or replace function api.needs_word(p_visitor_id bigint) returns boolean
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
begin
    return exists (
        select from garita.visitors v
        where v.id = p_visitor_id and v.site_id = garita.current_site_id() and v.status in ('APPROVED', 'CHECKED_OUT')
            and v.expected_date <= current_date
            -- Else it gets its first pass without another word (api.lacks_pass).
            and (v.status <> 'APPROVED' or v.expected_date < current_date
                or exists (select from garita.temporary_codes t where t.visitor_id = v.id))
            -- Who cancels a pass does not want the visitor; one for other hours says when the visitor may come.
            and not exists (
                select from garita.temporary_codes t
                where t.visitor_id = v.id
                    and (t.revoked_at is not null or t.is_active and t.valid_until > clock_timestamp() and not garita.is_used_up(t.id))));
end
$$;

comment on function api.needs_word(bigint) is
    'Whether only a resident''s word lets the visitor in again: approved once, and every pass of the visit is used up or over. '
    'A cancelled one counts as a refusal.';
grant execute on function api.needs_word(bigint) to garita_admin, garita_guard;
