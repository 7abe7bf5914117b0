-- Numbers that were given out after the backup are in tokens, on paper and in lists elsewhere: none is given out again.
create or replace function garita.end_restored_time(p_since timestamptz, p_end_passes boolean)
returns table (sessions bigint, links bigint, passes integer, ended bigint)
language plpgsql volatile
as $$
declare
    c_gap constant bigint := 1000000::bigint;
    v_sequence record;
    v_passes bigint[] := array(select garita.passes_in_doubt(p_since));
begin
    for v_sequence in
        select format('%I.%I', q.schemaname, q.sequencename)::regclass as id, coalesce(q.last_value, 0) as value
        from pg_catalog.pg_sequences q where q.schemaname = 'garita'
    loop
        perform setval(v_sequence.id, v_sequence.value + c_gap);
    end loop;
    update garita.sessions s set revoked_at = clock_timestamp() where s.revoked_at is null;
    get diagnostics sessions = row_count;
    delete from garita.password_links;
    get diagnostics links = row_count;
    delete from garita.login_challenges;
    delete from garita.second_factors f where f.confirmed_at is null;
    passes := cardinality(v_passes);
    ended := 0::bigint;
    if p_end_passes then
        update garita.temporary_codes t set is_active = false, revoked_at = coalesce(t.revoked_at, clock_timestamp())
        where t.id = any (v_passes);
        get diagnostics ended = row_count;
    end if;
    return next;
end
$$;

comment on function garita.end_restored_time(timestamptz, boolean) is
    'Ends what a restored database must not continue: sessions, one-time links, half log-ins and enrolments, and on demand '
    'the passes of garita.passes_in_doubt; all numbers go on a million higher. Returns how many of each.';
