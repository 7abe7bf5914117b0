create or replace function api.keep_answer(p_key text, p_fingerprint bytea, p_status smallint, p_body_sealed bytea)
returns void
language sql volatile security definer
set search_path = garita, pg_temp
as $$
    insert into garita.answers (user_id, request_key, site_id, fingerprint, status, body_sealed)
    values (garita.current_user_id(), p_key, garita.current_site_id(), p_fingerprint, p_status, p_body_sealed)
$$;

comment on function api.keep_answer(text, bytea, smallint, bytea) is
    'Stores the answer to the caller''s request of this key, in the transaction of the work itself.';
grant execute on function api.keep_answer(text, bytea, smallint, bytea) to garita_admin, garita_guard, garita_resident;
