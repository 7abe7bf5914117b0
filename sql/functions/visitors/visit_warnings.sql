-- As the owner: no role reads what entries of the block list are compared by.
create or replace function api.visit_warnings(p_visitor_id bigint) returns text[]
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
declare
    v_site_id bigint := garita.current_site_id();
    v_pass garita.credentials;
begin
    -- A resident does not learn who is on the list.
    if garita.current_role_name() is distinct from 'ADMIN' and garita.current_role_name() is distinct from 'GUARD'
        or not exists (select from garita.sites s where s.id = v_site_id and s.has_blocklist)
    then
        return null;
    end if;
    select v.first_name || ' ' || v.last_name, v.document_id::text, v.phone::text, v.vehicle_plate::text
    into v_pass.person_name, v_pass.person_document, v_pass.person_phone, v_pass.vehicle_plate
    from garita.visitors v where v.id = p_visitor_id and v.site_id = v_site_id;
    return (
        select case when m.is_blocked then '{blocklisted}'::text[] end
        from garita.match_blocklist(v_site_id, v_pass, clock_timestamp()) m);
end
$$;

comment on function api.visit_warnings(bigint) is
    'What staff should know of a visit before it comes: blocklisted, because no gate will let the person in. Null for '
    'nothing, and for residents.';
grant execute on function api.visit_warnings(bigint) to garita_admin, garita_guard, garita_resident;
