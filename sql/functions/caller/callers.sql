-- Without parameters and rights of its own, so that PostgreSQL plans it as part of the statement that asks.
create or replace function garita.callers()
returns table (user_id bigint, site_id bigint, caller_role text, caller_version integer)
language sql stable
rows 1000
as $$
    select u.id, u.site_id, u.role,
        case when u.is_active and not u.is_superuser and si.is_active
            and (u.role <> all (si.second_factor_roles) or garita.has_second_factor(u.id)) then u.token_version end
    from garita.users u
    left join garita.sites si on si.id = u.site_id
$$;

comment on function garita.callers() is
    'What the live sessions of each account hold of it: site, role, and its epoch while it may make requests without a '
    'closer look, else null. The one definition: of the triggers, of garita.check_copies and of garita.repair_copies.';
