-- The gate's updates touch no indexed column: PostgreSQL then writes no index entry for them (heap-only tuples).
-- A code used up becomes inactive, so no index may speak of is_active. Uniqueness goes by is_retired instead: a number
-- stays its code's, live or spent, until it is drawn again, which issuing does at the earliest a week after its end.

-- Of several codes that had a number: the live one keeps it, else the latest.
update garita.temporary_codes t set is_retired = true
where exists (
    select from garita.temporary_codes o
    where o.site_id = t.site_id and o.code_tag = t.code_tag and (o.is_active, o.id) > (t.is_active, t.id));

drop index garita.temporary_codes_code_unique;
drop index garita.temporary_codes_tag_idx;
drop index garita.temporary_codes_live_idx;
create unique index temporary_codes_code_unique on garita.temporary_codes (site_id, code_tag) where not is_retired;
create index temporary_codes_short_idx on garita.temporary_codes (site_id, valid_until)
    where code_type in ('NUMERIC', 'ALPHANUMERIC', 'OTP');
comment on index garita.temporary_codes_short_idx is
    'How many short codes are live decides how long the next one must be.';

-- PostgreSQL prepares every CHECK of a table anew for each statement that writes a row (measured: three of them were a
-- tenth of a whole decision). The log is written by one function from fixed words, so it does without.
do $$
declare
    v_table regclass;
begin
    -- The parent first; what the months then still have are copies of their own.
    for v_table in
        select c.oid from pg_catalog.pg_class c
        where c.oid = 'garita.access_logs'::regclass
            or c.oid in (select i.inhrelid from pg_catalog.pg_inherits i where i.inhparent = 'garita.access_logs'::regclass)
        order by c.oid = 'garita.access_logs'::regclass desc
    loop
        execute format('alter table %s drop constraint if exists access_logs_access_type_choice', v_table);
        execute format('alter table %s drop constraint if exists access_logs_access_method_choice', v_table);
        execute format('alter table %s drop constraint if exists access_logs_status_choice', v_table);
    end loop;
end
$$;

-- A visit is written by the gate at every first entry and last exit, and then none of these fields changes. As domains
-- their rules hold where a value is written, and cost nothing where it is not. Names of constraints stay.
create domain garita.visitors_first_name as text
    constraint visitors_first_name_length check (char_length(value) between 1 and 100);
create domain garita.visitors_last_name as text
    constraint visitors_last_name_length check (char_length(value) between 1 and 100);
create domain garita.visitors_document_id as text
    constraint visitors_document_id_length check (char_length(value) <= 50);
create domain garita.visitors_phone as text
    constraint visitors_phone_length check (char_length(value) <= 20)
    constraint visitors_phone_format
        check (value = '' or regexp_replace(value, '[ ()-]', '', 'g') ~ '^[+]?[0-9]{10,15}$');
create domain garita.visitors_email as text constraint visitors_email_length check (char_length(value) <= 254);
create domain garita.visitors_photo as text constraint visitors_photo_length check (char_length(value) <= 200);
create domain garita.visitors_visitor_type as text constraint visitors_visitor_type_choice
    check (value in ('GUEST', 'DELIVERY', 'SERVICE', 'CONTRACTOR', 'OTHER'));
create domain garita.visitors_purpose as text constraint visitors_purpose_length check (char_length(value) <= 10000);
create domain garita.visitors_vehicle_plate as text
    constraint visitors_vehicle_plate_length check (char_length(value) <= 20);
create domain garita.visitors_company as text constraint visitors_company_length check (char_length(value) <= 200);
create domain garita.visitors_notes as text constraint visitors_notes_length check (char_length(value) <= 10000);
alter table garita.visitors
    drop constraint visitors_first_name_length,
    drop constraint visitors_last_name_length,
    drop constraint visitors_document_id_length,
    drop constraint visitors_phone_length,
    drop constraint visitors_phone_format,
    drop constraint visitors_email_length,
    drop constraint visitors_photo_length,
    drop constraint visitors_visitor_type_choice,
    drop constraint visitors_purpose_length,
    drop constraint visitors_vehicle_plate_length,
    drop constraint visitors_company_length,
    drop constraint visitors_notes_length,
    alter column first_name type garita.visitors_first_name,
    alter column last_name type garita.visitors_last_name,
    alter column document_id type garita.visitors_document_id,
    alter column phone type garita.visitors_phone,
    alter column email type garita.visitors_email,
    alter column photo type garita.visitors_photo,
    alter column visitor_type type garita.visitors_visitor_type,
    alter column purpose type garita.visitors_purpose,
    alter column vehicle_plate type garita.visitors_vehicle_plate,
    alter column company type garita.visitors_company,
    alter column notes type garita.visitors_notes;
