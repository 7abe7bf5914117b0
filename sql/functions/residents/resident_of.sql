create or replace function garita.resident_of(p_user_id bigint) returns bigint
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
begin
    return (
        select r.id from garita.residents r join garita.users u on u.id = r.user_id
        where u.id = p_user_id and u.role = 'RESIDENT');
end
$$;

comment on function garita.resident_of(bigint) is
    'The resident who acts by an account; null for an account of staff, even of a guard who lives here.';
grant execute on function garita.resident_of(bigint) to garita_admin, garita_guard, garita_resident;
