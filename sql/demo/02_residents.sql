-- Carlos González of A-101 has the demo account of a resident.

insert into garita.residents (
    user_id, unit_id, first_name, last_name, document_id, phone, email, resident_type, emergency_contact_name,
    emergency_contact_phone, move_in_date)
select
    case when sample.document_id = 'ID123456' then (
        select min(u.id) from garita.users u where u.role = 'RESIDENT' and u.site_id = garita.current_site_id()) end,
    un.id, sample.first_name, sample.last_name, sample.document_id, sample.phone, sample.email, sample.resident_type,
    'Contacto de Emergencia', '+52 55 1111 2222', current_date - 365
from (values
    (1, 'A', '101', 'Carlos', 'González', 'ID123456', '+52 55 9876 5432', 'carlos@email.com', 'OWNER'),
    (2, 'A', '101', 'Laura', 'González', 'ID123457', '+52 55 9876 5433', 'laura@email.com', 'FAMILY'),
    (3, 'A', '102', 'María', 'López', 'ID234567', '+52 55 8765 4321', 'maria@email.com', 'OWNER'),
    (4, 'A', '201', 'José', 'Martínez', 'ID345678', '+52 55 7654 3210', 'jose@email.com', 'TENANT'),
    (5, 'B', '101', 'Ana', 'Rodríguez', 'ID456789', '+52 55 6543 2109', 'ana@email.com', 'OWNER')
) sample (place, building, number, first_name, last_name, document_id, phone, email, resident_type)
join garita.buildings b on b.code = sample.building and b.site_id = garita.current_site_id()
join garita.units un on un.building_id = b.id and un.number = sample.number
order by sample.place;
