-- The log has no constraints of its own, so its words are checked here. Rows keep their ids; one whose id is in use gets
-- the next beyond all, and garita.legacy_imports maps it.
create or replace function garita.import_legacy_log_page(p_site_id bigint, p_last_legacy_id bigint, p_rows jsonb)
returns table (legacy_id bigint, outcome text, subject text)
language plpgsql volatile
-- Pages are small, whatever the planner thinks of jsonb; and the log grows while it is filled.
set enable_seqscan = off
set enable_mergejoin = off
set jit = off
as $$
begin
    perform garita.ensure_log_partition(m.first)
    from (
        select distinct date_trunc('month', (e ->> 'timestamp')::timestamptz at time zone 'UTC')::date as first
        from jsonb_array_elements(p_rows) e) m
    where m.first between date '2000-01-01' and current_date + 31;

    return query
    with legacy as materialized (
        select x.*,
            case
                when x."timestamp" is null then 'timestamp'
                when x."timestamp" not between timestamptz '2000-01-01 00:00+00' and clock_timestamp() + interval '1 day'
                    then 'access_logs_timestamp_range'
                when x.access_type is null or x.access_type not in ('ENTRY', 'EXIT') then 'access_logs_access_type_choice'
                when x.status is null or x.status not in ('SUCCESS', 'DENIED', 'ERROR') then 'access_logs_status_choice'
                when x.access_method is null or x.access_method not in (
                    'QR_CODE', 'RFID', 'NUMERIC_CODE', 'ALPHANUMERIC_CODE', 'MANUAL', 'BIOMETRIC', 'OTHER')
                    then 'access_logs_access_method_choice'
            end as fault
        from jsonb_to_recordset(p_rows) as x (
            id bigint, "timestamp" timestamptz, created_at timestamptz, resident bigint, visitor bigint,
            access_point bigint, temporary_code bigint, access_code bigint, authorized_by bigint, person_name text,
            person_document text, access_type text, access_method text, status text, code_tag text, code_hint text,
            reasons text[], vehicle_plate text, temperature numeric, notes text, ip_address text, device_id text)
    ), present as materialized (
        select l.id, array_agg(l."timestamp") filter (where l.site_id = p_site_id) as times
        from garita.access_logs l where l.id = any (array(select o.id from legacy o))
        group by l.id
    ), known as materialized (
        select o.*, coalesce(o."timestamp" = any (p.times), false) or exists (
                select from garita.legacy_imports i
                where i.site_id = p_site_id and i.table_name = 'access_logs' and i.legacy_id = o.id) as is_same,
            p.id is not null as is_number_used,
            (select i.row_id from garita.legacy_imports i where i.site_id = p_site_id and i.table_name = 'residents'
                and i.legacy_id = o.resident) as resident_id,
            (select i.row_id from garita.legacy_imports i where i.site_id = p_site_id and i.table_name = 'visitors'
                and i.legacy_id = o.visitor) as visitor_id,
            (select i.row_id from garita.legacy_imports i where i.site_id = p_site_id and i.table_name = 'access_points'
                and i.legacy_id = o.access_point) as point_id,
            (select i.row_id from garita.legacy_imports i where i.site_id = p_site_id and i.table_name = 'temporary_codes'
                and i.legacy_id = o.temporary_code) as temporary_code_id,
            (select i.row_id from garita.legacy_imports i where i.site_id = p_site_id and i.table_name = 'access_codes'
                and i.legacy_id = o.access_code) as access_code_id,
            (select i.row_id from garita.legacy_imports i where i.site_id = p_site_id and i.table_name = 'users'
                and i.legacy_id = o.authorized_by) as user_id
        from legacy o left join present p on p.id = o.id
        where o.fault is null
    ), fresh as materialized (
        select k.*, case when k.is_number_used
            then greatest((select max(l.id) from garita.access_logs l), p_last_legacy_id)
                + row_number() over (partition by k.is_number_used order by k.id)
            else k.id end as row_id
        from known k where not k.is_same
    ), written as (
        insert into garita.access_logs (
            id, "timestamp", site_id, resident_id, visitor_id, unit_id, person_name, person_document, unit_display,
            access_point_id, access_point_name, access_type, access_method, code_tag, code_hint, temporary_code_id,
            access_code_id, status, reasons, vehicle_plate, temperature, authorized_by, notes, ip_address, device_id,
            created_at)
        select f.row_id, f."timestamp", p_site_id, f.resident_id, f.visitor_id, un.id, coalesce(f.person_name, ''),
            coalesce(f.person_document, ''), coalesce(b.code || '-' || un.number, ''), f.point_id,
            coalesce(p.name, ''), f.access_type, f.access_method, f.code_tag::bytea, coalesce(f.code_hint, ''),
            f.temporary_code_id, f.access_code_id, f.status, coalesce(f.reasons, '{}'), coalesce(f.vehicle_plate, ''),
            f.temperature, f.user_id, coalesce(f.notes, ''), coalesce(f.ip_address, ''), coalesce(f.device_id, ''),
            coalesce(f.created_at, f."timestamp")
        from fresh f
        left join garita.residents r on r.id = f.resident_id
        left join garita.visitors v on v.id = f.visitor_id
        left join garita.units un on un.id = coalesce(r.unit_id, v.unit_id)
        left join garita.buildings b on b.id = un.building_id
        left join garita.access_points p on p.id = f.point_id
    ), mapped as (
        insert into garita.legacy_imports (site_id, table_name, legacy_id, row_id)
        select p_site_id, 'access_logs', f.id, f.row_id from fresh f where f.is_number_used
    )
    select o.id, 'refused', o.fault from legacy o where o.fault is not null
    union all
    select k.id, 'same', null from known k where k.is_same
    union all
    select f.id, case when f.is_number_used then 'renumbered' else 'new' end, nullif(concat_ws(',',
        case when f.resident is not null and f.resident_id is null then 'resident_id' end,
        case when f.visitor is not null and f.visitor_id is null then 'visitor_id' end,
        case when f.access_point is not null and f.point_id is null then 'access_point_id' end,
        case when f.temporary_code is not null and f.temporary_code_id is null then 'temporary_code_id' end,
        case when f.access_code is not null and f.access_code_id is null then 'access_code_id' end,
        case when f.authorized_by is not null and f.user_id is null then 'authorized_by' end), '')
    from fresh f;
end
$$;

comment on function garita.import_legacy_log_page(bigint, bigint, jsonb) is
    'Imports one page of log rows of the legacy system. References that lead to nothing become null: the names stay.';
