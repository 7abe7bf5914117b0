-- As the owner: a guard may not read accounts. The gate checks the same of every pass (garita.temporary_credentials), at entry.
create or replace function garita.can_host(p_resident_id bigint, p_unit_id bigint) returns boolean
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
begin
    return exists (
        select from garita.residents r
        left join garita.users u on u.id = r.user_id
        where r.id = p_resident_id and r.unit_id = p_unit_id and r.is_authorized and garita.resides(r.move_out_date)
            and coalesce(u.is_active, true));
end
$$;

comment on function garita.can_host(bigint, bigint) is
    'Whether a visit to a home can rest on a resident: lives in that home today, is authorised, and the account, if there '
    'is one, is not disabled.';
grant execute on function garita.can_host(bigint, bigint) to garita_admin, garita_guard, garita_resident;
