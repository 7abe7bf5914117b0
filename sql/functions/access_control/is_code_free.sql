-- As the owner: no role may read tags.
create or replace function api.is_code_free(p_code_tags bytea[], p_except_id bigint) returns boolean
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select not exists (
            select from garita.access_codes c
            where c.site_id = garita.current_site_id() and c.code_tag = any (p_code_tags)
                and c.id is distinct from p_except_id)
        and not exists (
            select from garita.temporary_codes t
            where t.site_id = garita.current_site_id() and t.code_tag = any (p_code_tags) and t.is_active
                and not t.is_retired and not garita.is_used_up(t.id))
        and not exists (
            select from garita.pass_aliases a
            join garita.temporary_codes t on t.id = a.temporary_code_id
            where a.site_id = garita.current_site_id() and a.code_tag = any (p_code_tags) and t.is_active
                and t.valid_until > clock_timestamp() and not garita.is_used_up(t.id))
$$;

comment on function api.is_code_free(bytea[], bigint) is
    'Whether no other permanent code, no live visit of the site and no card of one has the code: called before a permanent '
    'one is written, so that the answer can name the field.';
grant execute on function api.is_code_free(bytea[], bigint) to garita_admin;
