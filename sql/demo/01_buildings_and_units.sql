-- The sample community of the legacy system. Run once, by `garita demo`, in one transaction, after it has made the
-- accounts. Codes are not here: their tags need keys that only the executable has.

select set_config('garita.site_id', min(id)::text, true) from garita.sites where is_active;
-- Days are those of the site's calendar, as for everybody who works there.
select set_config('TimeZone', time_zone, true) from garita.sites where id = garita.current_site_id();

insert into garita.buildings (name, code, address, floors, units_per_floor) values
    ('Torre A', 'A', 'Av. Principal 123', 10, 4),
    ('Torre B', 'B', 'Av. Principal 125', 8, 6);

insert into garita.units (building_id, number, floor, owner_name, owner_phone)
select b.id, sample.number, sample.floor, sample.owner_name, sample.owner_phone
from (values
    ('A', '101', 1, 'Carlos González', '+52 55 9876 5432'),
    ('A', '102', 1, 'María López', '+52 55 8765 4321'),
    ('A', '201', 2, 'José Martínez', '+52 55 7654 3210'),
    ('B', '101', 1, 'Ana Rodríguez', '+52 55 6543 2109'),
    ('B', '102', 1, 'Pedro Sánchez', '+52 55 5432 1098')
) sample (building, number, floor, owner_name, owner_phone)
join garita.buildings b on b.code = sample.building and b.site_id = garita.current_site_id()
order by b.code, sample.number;
