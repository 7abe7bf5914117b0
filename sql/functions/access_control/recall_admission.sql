-- The advisory lock lets one of several equal requests through; the others wait here for its commit and then read its
-- answer. The primary key would refuse a second answer.
create or replace function garita.recall_admission(
    p_caller text, p_request_id text, p_code_tags bytea[], p_where bytea)
returns garita.gate_verdict
language plpgsql volatile
as $$
declare
    v_key bigint := hashtextextended(p_caller || ' ' || p_request_id, 0);
    v_first garita.admissions;
    v_answer garita.gate_verdict;
begin
    if not pg_try_advisory_xact_lock(v_key) then
        perform pg_advisory_xact_lock(v_key);
    end if;
    select a.* into v_first from garita.admissions a where a.caller = p_caller and a.request_id = p_request_id;
    if not found then
        return null;
    -- Two tags while the tag key changes; the first answer knew one of them.
    elsif (substr(v_first.fingerprint, 17) = p_where and substr(v_first.fingerprint, 1, 16) = any (p_code_tags))
        is not true
    then
        raise exception using errcode = 'GA409', hint = 'request_id',
            message = 'This request id was used for another request.',
            detail = 'Este identificador de solicitud se usó para otra solicitud.';
    end if;
    v_answer := v_first.answer;
    v_answer.replayed := true;
    return v_answer;
end
$$;

comment on function garita.recall_admission(text, text, bytea[], bytea) is
    'The stored answer to a request of this id, null for a new one. GA409 when the id was used for another request.';
