-- As the owner: no role may read tags. It reveals no owner of a code: the caller must know both.
create or replace function api.cards_with_codes(p_rows integer[], p_resident_ids bigint[], p_code_tags bytea[])
returns table (row_number integer, card_id bigint)
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select a.n, c.id
    from unnest(p_rows, p_resident_ids, p_code_tags) a (n, resident_id, code_tag)
    join garita.access_codes c on c.site_id = garita.current_site_id() and c.code_tag = a.code_tag
        and c.resident_id = a.resident_id
    where garita.current_role_name() = 'ADMIN'
$$;

comment on function api.cards_with_codes(integer[], bigint[], bytea[]) is
    'Which rows of a file, each a resident and the tag of a code, are cards that this resident has already.';
grant execute on function api.cards_with_codes(integer[], bigint[], bytea[]) to garita_admin;
