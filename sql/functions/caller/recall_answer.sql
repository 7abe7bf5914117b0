-- As at the gate (garita.recall_admission), an advisory lock lets one of several equal requests through; the others wait
-- here for its commit and then read its answer. The primary key would refuse a second answer.
create or replace function api.recall_answer(p_key text, p_fingerprints bytea[])
returns table (status smallint, fingerprint bytea, body_sealed bytea)
language plpgsql volatile security definer
set search_path = garita, pg_temp
rows 1
as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('answer ' || garita.current_user_id() || ' ' || p_key, 0));
    select a.status, a.fingerprint, a.body_sealed
    into recall_answer.status, recall_answer.fingerprint, recall_answer.body_sealed
    from garita.answers a
    where a.user_id = garita.current_user_id() and a.request_key = p_key;
    if not found then
        return;
    -- Several fingerprints while their key changes; the answer was kept under one of them.
    elsif fingerprint = any (p_fingerprints) is not true then
        raise exception using errcode = 'GA409', hint = 'request_id',
            message = 'This request id was used for another request.',
            detail = 'Este identificador de solicitud se usó para otra solicitud.';
    end if;
    return next;
end
$$;

comment on function api.recall_answer(text, bytea[]) is
    'The stored answer to the caller''s request of this key; no row for a new one, and then other requests of the key '
    'wait until this transaction ends. GA409 when the key was used for another request.';
grant execute on function api.recall_answer(text, bytea[]) to garita_admin, garita_guard, garita_resident;
