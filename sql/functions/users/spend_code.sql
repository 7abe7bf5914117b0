-- One conditional update: of two requests with the same code one waits for the other and then finds it used.
create or replace function garita.spend_code(p_user_id bigint, p_step bigint, p_recovery_tag bytea) returns boolean
language plpgsql volatile
as $$
begin
    update garita.second_factors f
    set last_step = greatest(f.last_step, p_step), recovery_tags = array_remove(f.recovery_tags, p_recovery_tag),
        failures = 0
    where f.user_id = p_user_id and (p_step > f.last_step or p_recovery_tag = any (f.recovery_tags));
    if found then
        return true;
    end if;
    perform garita.write_audit('LOGIN_FAILED', 'second_factors', p_user_id, '{}');
    return false;
end
$$;

comment on function garita.spend_code(bigint, bigint, bytea) is
    'Accepts a step of the authenticator or a recovery code, each once, and resets the failures; false, with an audit '
    'entry, for anything else. Null stands for a code that matches nothing.';
