-- With the time it was written: after a restore the numbers of rows are given anew, and a receiver would take another message
-- for one that it has already.
create or replace function garita.message_id(p_id bigint, p_created_at timestamptz) returns text
language sql immutable
as $$
    select 'msg_' || p_id || '_' || trunc(extract(epoch from p_created_at) * 1000000)::bigint
$$;

comment on function garita.message_id(bigint, timestamptz) is
    'By which a receiver knows a message again (webhook-id), the same at each attempt and replay.';
grant execute on function garita.message_id(bigint, timestamptz) to garita_admin;
