-- Two functions, because the operator's command may name any account, an administrator only another one of the own site.
create or replace function garita.reset_second_factor(p_user_id bigint) returns boolean
language plpgsql volatile
as $$
declare
    v_had boolean;
begin
    delete from garita.second_factors f where f.user_id = p_user_id;
    v_had := found;
    delete from garita.login_challenges c where c.user_id = p_user_id;
    update garita.sessions s set revoked_at = clock_timestamp() where s.user_id = p_user_id and s.revoked_at is null;
    return v_had;
end
$$;

comment on function garita.reset_second_factor(bigint) is
    'Removes the second factor of an account whose owner lost it, and ends its sessions; false where there was none. '
    'As the owner.';

create or replace function api.reset_second_factor(p_user_id bigint) returns boolean
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.require_administrator_of(p_user_id);
    if p_user_id = garita.current_user_id() then
        raise exception using errcode = 'GA403', hint = 'own_account',
            message = 'You do not have permission to perform this action.',
            detail = 'No tiene permiso para realizar esta acción.';
    end if;
    return garita.reset_second_factor(p_user_id);
end
$$;

comment on function api.reset_second_factor(bigint) is
    'Removes, for an administrator, the second factor of an account of the site. GA404 for others, GA403 for one''s '
    'own, which needs its password and a code.';
grant execute on function api.reset_second_factor(bigint) to garita_admin;
