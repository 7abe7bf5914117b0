-- As the owner: whoever registers or moves a visit need not see who is told of it.
create or replace function garita.announce_visit() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
declare
    v_ids jsonb;
    v_names jsonb;
begin
    if not exists (select from garita.webhooks w where w.site_id = new.site_id and w.is_active) then
        return null;
    end if;
    v_ids := jsonb_build_object(
        'visit_id', new.id, 'status', new.status, 'visitor_type', new.visitor_type, 'expected_date', new.expected_date,
        'unit_id', new.unit_id, 'resident_id', new.resident_id);
    v_names := jsonb_build_object(
        'visitor_name', new.first_name || ' ' || new.last_name, 'company', new.company,
        'unit', garita.unit_display(new.unit_id), 'resident_name', (
            select r.first_name || ' ' || r.last_name from garita.residents r where r.id = new.resident_id));
    if tg_op = 'INSERT' or new.status = 'PENDING' then
        perform garita.announce(new.site_id, 'visit.expected', 'visit:' || new.id, v_ids, v_names);
    end if;
    if new.status <> 'PENDING' then
        perform garita.announce(
            new.site_id,
            case new.status when 'APPROVED' then 'visit.approved' when 'DENIED' then 'visit.refused'
                when 'CHECKED_IN' then 'visit.arrived' else 'visit.left' end,
            'visit:' || new.id, v_ids, v_names);
    end if;
    return null;
end
$$;

comment on function garita.announce_visit() is 'Tells subscriptions that a visit was registered, and each new status of it.';

create or replace trigger announce after insert on garita.visitors
    for each row execute function garita.announce_visit();
create or replace trigger announce_status after update on garita.visitors for each row
    when (old.status <> new.status) execute function garita.announce_visit();
