-- By its name, because a database without subscriptions has no such function.
create or replace function garita.tell_subscribers(
    p_site_id bigint, p_event text, p_subject text, p_ids jsonb, p_names jsonb)
returns void
language plpgsql volatile
as $$
declare
    v_announce regproc := to_regproc('garita.announce');
begin
    if v_announce is not null then
        execute format('select %s($1, $2, $3, $4, $5)', v_announce)
            using p_site_id, p_event, p_subject, p_ids, p_names;
    end if;
end
$$;

comment on function garita.tell_subscribers(bigint, text, text, jsonb, jsonb) is
    'garita.announce, where there is one: what happens at doors is told to other systems.';
