create or replace function garita.prove_second_factor(
    p_user_id bigint, p_token_version integer, p_session_id bigint, p_step bigint, p_recovery_tag bytea,
    p_request_id text, p_address text)
returns boolean
language plpgsql volatile
as $$
begin
    perform garita.authenticate(p_user_id, p_token_version, p_session_id);
    perform garita.act_as(p_user_id, p_request_id, p_address);
    return garita.spend_code(p_user_id, p_step, p_recovery_tag);
end
$$;

comment on function garita.prove_second_factor(bigint, integer, bigint, bigint, bytea, text, text) is
    'Accepts a code (garita.spend_code) of the caller, for whom the rest of the transaction acts. False when the code is not '
    'right, GA401 for a dead token.';
