-- The one function of the gate pool: the decision (garita.decide) at the moment of the database's clock, which is the only
-- clock that counts; no caller brings a time of its own. The app pool asks as itself, or in a transaction of the caller's.
create or replace function api.validate_code(
    p_user_id bigint, p_token_version integer, p_session_id bigint,
    p_device_id bigint, p_device_key_version integer,
    p_code_tags bytea[], p_code_hint text, p_otp_tags bytea[], p_otp_step bigint, p_shape text,
    p_access_point_id bigint, p_direction text, p_method text, p_request_id text, p_trace_id text, p_address text)
returns garita.gate_verdict
language plpgsql volatile security definer
set search_path = garita, pg_temp
-- The planner cannot know how many tags an array holds and would plan anew for every code, at ten times the cost.
set plan_cache_mode = force_generic_plan
as $$
begin
    return garita.decide(
        p_user_id, p_token_version, p_session_id, p_device_id, p_device_key_version, p_code_tags, p_code_hint,
        p_otp_tags, p_otp_step, p_shape, p_access_point_id, p_direction, p_method, p_request_id, p_trace_id,
        p_address, clock_timestamp());
end
$$;

comment on function api.validate_code(
    bigint, integer, bigint, bigint, integer, bytea[], text, bytea[], bigint, text, bigint, text, text, text, text,
    text) is
    'Decides on a code at a gate, spends a use, logs, answers: one row with every reason in the order of the rules. '
    'For a person (first three) or a gate device (next two). Without an access point the lines about the gate are '
    'skipped. p_shape is null for a text of 64 bits and more, else as garita.kinds_of_text has it. GA401 for a dead '
    'token or device, GA403 for a resident, GA409 for a request id used otherwise.';
grant execute on function api.validate_code(
    bigint, integer, bigint, bigint, integer, bytea[], text, bytea[], bigint, text, bigint, text, text, text, text,
    text) to garita_gate, garita_app, garita_admin, garita_guard;
