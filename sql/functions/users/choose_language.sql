create or replace function api.choose_language(p_language text) returns void
language sql volatile security definer
set search_path = garita, pg_temp
as $$
    update garita.users u set language = p_language where u.id = garita.current_user_id()
$$;

comment on function api.choose_language(text) is 'The language of one''s own pages; null for what the browser asks for.';
grant execute on function api.choose_language(text) to garita_admin, garita_guard, garita_resident;
