create or replace function garita.make_challenge(
    p_user_id bigint, p_name_tag bytea, p_device_tag bytea, p_challenge_tag bytea)
returns void
language plpgsql volatile
as $$
begin
    delete from garita.login_challenges c where c.user_id = p_user_id and c.expires_at < clock_timestamp();
    insert into garita.login_challenges (site_id, user_id, token_tag, token_version, name_tag, device_tag)
    select u.site_id, u.id, p_challenge_tag, u.token_version, p_name_tag, p_device_tag
    from garita.users u where u.id = p_user_id and u.is_active;
    -- This attempt alone: the failures before are deleted when the code is right too.
    perform api.release_login_attempt(p_name_tag, p_device_tag, false);
end
$$;

comment on function garita.make_challenge(bigint, bytea, bytea, bytea) is
    'Creates the challenge of a log-in whose password was right and whose code is missing.';
