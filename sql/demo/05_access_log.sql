-- What the gate saw today before anybody looked: five residents at the main gate, in and out.

select garita.ensure_log_partition((clock_timestamp() at time zone 'UTC')::date);

insert into garita.access_logs (
    "timestamp", resident_id, unit_id, person_name, person_document, unit_display, access_point_id, access_point_name,
    access_type, access_method, status, authorized_by)
select
    clock_timestamp(), r.id, r.unit_id, r.first_name || ' ' || r.last_name, r.document_id, b.code || '-' || un.number,
    p.id, p.name, sample.access_type, 'RFID', 'SUCCESS',
    (select min(u.id) from garita.users u where u.role = 'GUARD' and u.site_id = p.site_id)
from (values
    (1, 'ID123456', 'ENTRY'),
    (2, 'ID123457', 'EXIT'),
    (3, 'ID234567', 'ENTRY'),
    (4, 'ID345678', 'EXIT'),
    (5, 'ID456789', 'ENTRY')
) sample (place, document_id, access_type)
join garita.access_points p on p.code = 'MAIN-01' and p.site_id = garita.current_site_id()
join garita.residents r on r.document_id = sample.document_id and r.site_id = p.site_id
join garita.units un on un.id = r.unit_id
join garita.buildings b on b.id = un.building_id
order by sample.place;
