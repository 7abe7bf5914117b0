-- As the owner: no role may write cards. Called in the transaction that ends the former pass and issues the new one.
create or replace function api.keep_pass_card(p_code_id bigint) returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    update garita.pass_aliases a
    set temporary_code_id = n.id
    from garita.temporary_codes n
    join garita.visitors v on v.id = n.visitor_id
    where n.id = p_code_id and n.site_id = garita.current_site_id()
        and (garita.current_role_name() = 'ADMIN' or v.unit_id = any (garita.current_unit_ids()))
        and a.id = (
            select c.id from garita.pass_aliases c
            join garita.temporary_codes o on o.id = c.temporary_code_id
            where o.visitor_id = n.visitor_id and o.id < n.id and c.kind = 'CARD'
            order by c.id desc limit 1);
    return garita.set_saved_id(p_code_id);
end
$$;

comment on function api.keep_pass_card(bigint) is
    'Gives a new pass the card of the former pass of its visit, if that had one.';
grant execute on function api.keep_pass_card(bigint) to garita_admin, garita_resident;
