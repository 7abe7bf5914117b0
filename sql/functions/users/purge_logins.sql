create or replace function garita.purge_logins() returns integer
language plpgsql volatile
as $$
declare
    v_purged integer;
begin
    delete from garita.login_throttles t
    where t.tried_at < clock_timestamp() - case when t.user_id is null then interval '2 days' else interval '30 days' end
        and (t.user_id is null or t.failures < 100);
    get diagnostics v_purged = row_count;
    delete from garita.password_links l where l.expires_at < clock_timestamp();
    delete from garita.login_challenges c where c.expires_at < clock_timestamp();
    delete from garita.second_factors f
    where f.confirmed_at is null and f.created_at < clock_timestamp() - interval '1 day';
    return v_purged;
end
$$;

comment on function garita.purge_logins() is
    'Deletes failed log-ins: under names without an account after two days, of accounts after thirty unless they are '
    'locked; and links, challenges and enrolments that are too old. Returns how many of the first. Run daily.';
