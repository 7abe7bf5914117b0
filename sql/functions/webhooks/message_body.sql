create or replace function garita.message_body(
    p_event text, p_at timestamptz, p_subject text, p_sequence bigint, p_data jsonb)
returns text
language sql immutable
as $$
    select jsonb_build_object(
        'type', p_event, 'timestamp', to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'data', jsonb_build_object('subject', p_subject, 'sequence', p_sequence) || p_data)::text
$$;

comment on function garita.message_body(text, timestamptz, text, bigint, jsonb) is
    'The text of a message as it is signed and sent, at each attempt the same (Standard Webhooks 1.0.0).';
