create or replace function garita.units_of_resident(p_user_id bigint, p_time_zone text) returns bigint[]
language plpgsql stable security definer
set search_path = garita, pg_temp
as $$
begin
    return (
        select coalesce(array_agg(r.unit_id), '{}')
        from garita.residents r
        where r.user_id = p_user_id
            and (r.move_out_date is null or r.move_out_date > (clock_timestamp() at time zone p_time_zone)::date));
end
$$;

comment on function garita.units_of_resident(bigint, text) is
    'Homes whose rows an account may see: none once its resident has moved out.';
revoke execute on function garita.units_of_resident(bigint, text) from garita_app, garita_auth;
