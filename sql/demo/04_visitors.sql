-- Expected today, the day of the community, and approved by the guard of the demo.

insert into garita.visitors (
    first_name, last_name, document_id, phone, visitor_type, status, unit_id, resident_id, purpose, expected_date,
    expected_time, authorized_by)
select
    sample.first_name, sample.last_name, sample.document_id, sample.phone, sample.visitor_type, 'APPROVED', r.unit_id,
    r.id, sample.purpose, (clock_timestamp() at time zone s.time_zone)::date, '14:00',
    (select min(u.id) from garita.users u where u.role = 'GUARD' and u.site_id = s.id)
from (values
    (1, 'Juan', 'Pérez', 'VIS123456', '+52 55 1111 1111', 'GUEST', 'ID123456', 'Visita social'),
    (2, 'Delivery', 'Express', '', '+52 55 2222 2222', 'DELIVERY', 'ID234567', 'Entrega de paquete'),
    (3, 'Plomero', 'Servicios', 'SRV123', '+52 55 3333 3333', 'SERVICE', 'ID345678', 'Reparación de tubería')
) sample (place, first_name, last_name, document_id, phone, visitor_type, host, purpose)
join garita.sites s on s.id = garita.current_site_id()
join garita.residents r on r.site_id = s.id and r.document_id = sample.host
order by sample.place;
