create or replace function api.link_for_display(p_code_id bigint)
returns table (sealed bytea, tag bytea, key_version integer)
language plpgsql stable security definer
set search_path = garita, pg_temp
rows 1
as $$
begin
    return query
    select a.code_sealed, a.code_tag, a.key_version
    from garita.pass_aliases a
    where a.temporary_code_id = p_code_id and a.kind = 'LINK' and a.code_sealed is not null
        and exists (select from api.code_for_display(p_code_id));
end
$$;

comment on function api.link_for_display(bigint) is
    'The sealed token of the link of a pass, for those who may see its code (api.code_for_display). No row for a pass '
    'without a link.';
grant execute on function api.link_for_display(bigint) to garita_admin, garita_guard, garita_resident;
