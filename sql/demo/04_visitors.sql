-- Three are expected today, the day of the community, approved by the guard of the demo. Then one who waits for an answer
-- from the resident of the demo, and one who is inside, so that the console and the pages of residents begin with somebody.

insert into garita.visitors (
    first_name, last_name, document_id, phone, visitor_type, status, unit_id, resident_id, purpose, expected_date,
    expected_time, check_in_time, authorized_by)
select
    sample.first_name, sample.last_name, sample.document_id, sample.phone, sample.visitor_type, sample.status, r.unit_id,
    case when sample.status <> 'PENDING' then r.id end, sample.purpose, (clock_timestamp() at time zone s.time_zone)::date,
    case when sample.status = 'APPROVED' then time '14:00' end,
    case when sample.status = 'CHECKED_IN' then clock_timestamp() end,
    case when sample.status <> 'PENDING' then (
        select min(u.id) from garita.users u where u.role = 'GUARD' and u.site_id = s.id) end
from (values
    (1, 'Juan', 'Pérez', 'VIS123456', '+52 55 1111 1111', 'GUEST', 'APPROVED', 'ID123456', 'Visita social'),
    (2, 'Delivery', 'Express', '', '+52 55 2222 2222', 'DELIVERY', 'APPROVED', 'ID234567', 'Entrega de paquete'),
    (3, 'Plomero', 'Servicios', 'SRV123', '+52 55 3333 3333', 'SERVICE', 'APPROVED', 'ID345678', 'Reparación de tubería'),
    (4, 'Lucía', 'Fernández', '', '+52 55 4444 4444', 'GUEST', 'PENDING', 'ID123456', 'Visita social'),
    (5, 'Miguel Ángel', 'Torres', '', '+52 55 5555 5555', 'SERVICE', 'CHECKED_IN', 'ID456789', 'Revisión de gas')
) sample (place, first_name, last_name, document_id, phone, visitor_type, status, host, purpose)
join garita.sites s on s.id = garita.current_site_id()
join garita.residents r on r.site_id = s.id and r.document_id = sample.host
order by sample.place;
