create or replace function api.choose_site(p_site_id bigint) returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    update garita.sessions s set chosen_site_id = p_site_id
    where s.id = nullif(current_setting('garita.session_id', true), '')::bigint
        and s.user_id = garita.current_user_id()
        and exists (
            select from garita.sites c
            where c.id = p_site_id and c.is_active and (garita.is_superuser() or c.id = garita.current_site_id()));
    if not found then
        raise exception using errcode = 'GA404', hint = 'Site',
            message = 'No Site matches the given query.',
            detail = 'Ningún registro de Site coincide con la consulta.';
    end if;
end
$$;

comment on function api.choose_site(bigint) is
    'From the next request on, this session of a superuser works in that site. GA404 for a site that does not exist, '
    'is not active, or is not the caller''s.';
grant execute on function api.choose_site(bigint) to garita_admin;
