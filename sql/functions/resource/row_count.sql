create or replace function garita.row_count(p_table_name text) returns bigint
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
begin
    -- The owner bypasses the policies, so the count is right only for those who see every row of the site.
    if coalesce(garita.current_role_name(), '') not in ('ADMIN', 'GUARD') then
        raise exception using errcode = 'GA403', hint = 'role',
            message = 'You do not have permission to perform this action.',
            detail = 'No tiene permiso para realizar esta acción.';
    end if;
    return coalesce((
        select sum(c.total)::bigint from garita.row_counts c
        where c.site_id = garita.current_site_id() and c.table_name = p_table_name), 0::bigint);
end
$$;

comment on function garita.row_count(text) is
    'How many rows of visitors, temporary_codes or residents the caller''s site has. For those who see all of them; GA403 for '
    'others.';
grant execute on function garita.row_count(text) to garita_admin, garita_guard;
