-- The row of the home is locked until the end of the registration, so that parallel ones are counted one after another; one
-- that is refused, or fails for another reason, is not counted.
create or replace function garita.count_registration(p_unit_id bigint) returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    c_visits constant integer := 200;
    c_period constant interval := interval '24 hours';
    v_now timestamptz := clock_timestamp();
    v_count record;
begin
    insert into garita.registration_counts as c (unit_id, site_id, since, visits)
    select u.id, u.site_id, v_now, 1 from garita.units u where u.id = p_unit_id
    on conflict (unit_id) do update
    set since = case when c.since > v_now - c_period then c.since else v_now end,
        visits = case when c.since > v_now - c_period then c.visits + 1 else 1 end
    returning c.since, c.visits into v_count;
    if v_count.visits > c_visits then
        raise exception using errcode = 'GA429',
            hint = greatest(1, ceil(extract(epoch from v_count.since + c_period - v_now)))::text,
            message = 'Your unit has reached the limit of visits registered in one day. Try again tomorrow.',
            detail = 'Su unidad alcanzó el límite de visitas registradas en un día. Intente de nuevo mañana.';
    end if;
end
$$;

comment on function garita.count_registration(bigint) is
    'Counts a visit that a resident registers: 200 for a home in 24 hours. GA429 beyond, with the seconds to wait.';
grant execute on function garita.count_registration(bigint) to garita_resident;
