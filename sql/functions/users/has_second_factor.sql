create or replace function garita.has_second_factor(p_user_id bigint) returns boolean
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select exists (select from garita.second_factors f where f.user_id = p_user_id and f.confirmed_at is not null)
$$;

comment on function garita.has_second_factor(bigint) is 'Whether an account has confirmed a second factor.';
