insert into garita.access_points (
    name, code, access_type, location, building_id, supports_qr, supports_rfid, supports_numeric, is_entry, is_exit)
select sample.name, sample.code, sample.access_type, sample.location, b.id, true, sample.supports_rfid,
    sample.supports_numeric, true, sample.is_exit
from (values
    (1, 'Puerta Principal', 'MAIN-01', 'MAIN_GATE', 'Entrada principal del residencial', null, true, true, true),
    (2, 'Puerta Peatonal A', 'PED-A-01', 'PEDESTRIAN', 'Entrada peatonal Torre A', 'A', false, true, false),
    (3, 'Garage Torre A', 'GAR-A-01', 'GARAGE', 'Entrada vehicular Torre A', 'A', true, false, false),
    (4, 'Puerta Peatonal B', 'PED-B-01', 'PEDESTRIAN', 'Entrada peatonal Torre B', 'B', false, true, false)
) sample (place, name, code, access_type, location, building, supports_rfid, supports_numeric, is_exit)
left join garita.buildings b on b.code = sample.building and b.site_id = garita.current_site_id()
order by sample.place;
