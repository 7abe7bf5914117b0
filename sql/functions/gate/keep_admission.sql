create or replace function garita.keep_admission(
    p_caller text, p_request_id text, p_site_id bigint, p_fingerprint bytea, p_answer garita.gate_verdict,
    p_now timestamptz)
returns void
language plpgsql volatile
as $$
begin
    if p_request_id <> '' then
        insert into garita.admissions (caller, request_id, site_id, fingerprint, answer, log_id, created_at)
        values (p_caller, p_request_id, p_site_id, p_fingerprint, p_answer, p_answer.log_id, p_now);
    end if;
end
$$;

comment on function garita.keep_admission(text, text, bigint, bytea, garita.gate_verdict, timestamptz) is
    'Stores what a repeated request of this id gets again (garita.recall_admission): of what is admitted by hand.';
