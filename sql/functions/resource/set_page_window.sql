-- As the owner: no role of a request may call set_config itself (sql/database.sql).
create or replace function garita.set_page_window(p_before timestamptz, p_skip bigint, p_since timestamptz) returns bigint
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform
        set_config('garita.page_before', p_before::text, true),
        set_config('garita.page_since', p_since::text, true),
        set_config('garita.page_skip', p_skip::text, true);
    return p_skip;
end
$$;

comment on function garita.set_page_window(timestamptz, bigint, timestamptz) is
    'Stores where a page of the log begins, for the statement that reads its rows.';
grant execute on function garita.set_page_window(timestamptz, bigint, timestamptz)
    to garita_admin, garita_guard, garita_resident;
