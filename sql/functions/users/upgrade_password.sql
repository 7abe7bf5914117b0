-- The password stays the same, only its hash gets stronger: tokens and sessions stay valid, which a setting for this one
-- statement tells the triggers of users.
create or replace function api.upgrade_password(p_user_id bigint, p_old_hash text, p_new_hash text) returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
begin
    perform set_config('garita.password_upgrade', 'on', true);
    update garita.users u set password_hash = p_new_hash where u.id = p_user_id and u.password_hash = p_old_hash;
    perform set_config('garita.password_upgrade', '', true);
end
$$;

comment on function api.upgrade_password(bigint, text, text) is
    'Replaces a hash below policy after a log-in; does nothing when the password changed meanwhile.';
grant execute on function api.upgrade_password(bigint, text, text) to garita_auth;
