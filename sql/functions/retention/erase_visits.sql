create or replace function garita.erase_visits(p_ids bigint[]) returns void
language plpgsql volatile
as $$
begin
    update garita.visitors v
    set first_name = '—', last_name = '—', document_id = '', phone = '', email = '', photo = '', purpose = '',
        vehicle_plate = '', company = '', notes = '', party = ''
    where v.id = any (p_ids);
    update garita.temporary_codes t set code_sealed = null
    where t.visitor_id = any (p_ids) and t.code_sealed is not null;
    update garita.pass_aliases a set code_sealed = null
    from garita.temporary_codes t
    where t.id = a.temporary_code_id and t.visitor_id = any (p_ids) and a.code_sealed is not null;
    update garita.audit a set changes = garita.without_person(a.changes)
    where a.table_name = 'visitors' and a.row_id = any (p_ids) and a.changes <> garita.without_person(a.changes);
    -- And what other systems were told of them, with what they answered.
    with gone as (
        delete from garita.outbox o
        where o.kind = 'webhook' and o.subject = any (array(select 'visit:' || i from unnest(p_ids) i))
        returning o.id
    )
    delete from garita.deliveries d using gone where d.outbox_id = gone.id;

    insert into garita.audit (site_id, actor, table_name, row_id, action, changes)
    select v.site_id, coalesce(current_setting('garita.actor', true), ''), 'visitors', v.id, 'ERASE', '{}'
    from garita.visitors v
    where v.id = any (p_ids);
end
$$;

comment on function garita.erase_visits(bigint[]) is
    'Erases the personal fields, photos and sealed codes of these visits, their values in the audit, and what webhooks were '
    'told of them.';
