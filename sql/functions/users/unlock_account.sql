-- Two functions, because the operator's command may name any account, an administrator only one of the own site.
create or replace function garita.unlock_account(p_user_id bigint) returns integer
language plpgsql volatile
as $$
declare
    v_tries integer;
    v_codes integer;
begin
    with gone as (delete from garita.login_throttles t where t.user_id = p_user_id returning t.failures)
    select coalesce(sum(g.failures), 0)::integer into v_tries from gone g;
    select f.failures into v_codes from garita.second_factors f where f.user_id = p_user_id for no key update;
    update garita.second_factors f set failures = 0 where f.user_id = p_user_id;
    v_tries := v_tries + coalesce(v_codes, 0);
    if v_tries > 0 then
        perform garita.write_audit('UPDATE', 'users', p_user_id, jsonb_build_object('failed_logins', jsonb_build_array(v_tries, 0)));
    end if;
    return v_tries;
end
$$;

comment on function garita.unlock_account(bigint) is
    'Deletes the failed log-ins and codes of an account and returns how many they were. As the owner.';

create or replace function api.unlock_account(p_user_id bigint) returns integer
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.require_administrator_of(p_user_id);
    return garita.unlock_account(p_user_id);
end
$$;

comment on function api.unlock_account(bigint) is
    'Deletes, for an administrator, the failed log-ins of an account of the site. GA404 for others.';
grant execute on function api.unlock_account(bigint) to garita_admin;
