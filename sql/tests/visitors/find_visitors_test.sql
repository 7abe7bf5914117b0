-- Twin of api.find_visitors: it may name too many visits, never too few, and none of another community.
begin;
\ir ../community.psql

insert into garita.visitors (site_id, first_name, last_name, document_id, phone, company, vehicle_plate, unit_id, expected_date)
select 9001, f.*, 9001, current_date from (values
    ('Ángela', 'Núñez', 'DOC-1', '+52 55 1111 2222', 'Mudanzas 100%', 'XYZ-987'),
    ('Beto', 'Angel', 'DOC-2', '', '', ''),
    ('Ana', 'Gela', 'DOC-3', '', '', '')) f;
insert into garita.visitors (site_id, first_name, last_name, unit_id, expected_date) select 9002, 'Ángela', 'Ajena', min(u.id), current_date from garita.units u where u.site_id = 9002;

create function pg_temp.found(p_pattern text, p_phone text default null) returns text language plpgsql as $$
declare
    v_ids bigint[];
begin
    perform set_config('garita.site_id', '9001', true);
    v_ids := api.find_visitors(p_pattern, p_phone);
    return case when v_ids is null then 'many' else coalesce((
        select string_agg(v.document_id, ' ' order by v.document_id) from garita.visitors v where v.id = any (v_ids)), 'none') end;
end
$$;

select is(pg_temp.found('%angel%'), 'DOC-1 DOC-2', 'without accents and capitals, in any field, of this community');
select is(pg_temp.found('%ANGELA%'), 'DOC-1', 'not over the end of a field');
select is(pg_temp.found('%nunez%'), 'DOC-1', 'in the last name');
select is(pg_temp.found('%1111 2222%'), 'DOC-1', 'in the phone');
select is(pg_temp.found('%5511112222%', '5511112222'), 'DOC-1', 'in the phone, by its digits');
select is(pg_temp.found('%100\%%'), 'DOC-1', 'a percent sign is itself');
select is(pg_temp.found('%xyz-98%'), 'DOC-1', 'in the plate');
select is(pg_temp.found('%nobody of that name%'), 'none', 'nobody');
insert into garita.visitors (site_id, first_name, last_name, unit_id, expected_date)
select 9001, 'Repetida', n::text, 9001, current_date from generate_series(1, 1001) n;
select is(pg_temp.found('%repetida%'), 'many', 'so many are not named');
select is(pg_temp.outcome(9003, $$select api.find_visitors('%angel%', null)$$), '1', 'a resident may ask');

set local enable_seqscan = off;
create function pg_temp.plan() returns text language plpgsql as $$
declare
    v_line text;
    v_all text := '';
begin
    for v_line in execute $q$explain select v.id from garita.visitors v where v.search_text like '%angel%'$q$ loop
        v_all := v_all || v_line;
    end loop;
    return v_all;
end
$$;
select matches(pg_temp.plan(), 'visitors_search_idx', 'the column is the index''s');

-- What a list looks at row by row: kept folded, not folded anew for each of two hundred thousand visits.
set local enable_seqscan = on;
set local enable_bitmapscan = off;
create function pg_temp.filter(p_word text) returns text language plpgsql as $$
declare
    v_plan json;
begin
    execute format('explain (format json, verbose) select v.id from garita.visitors v where v.search_text like garita.fold(%L)', p_word) into v_plan;
    return v_plan -> 0 -> 'Plan' ->> 'Filter';
end
$$;
select is(pg_temp.filter('%wu%'), '(v.search_text ~~ ''%wu%''::text)', 'two letters are compared with what is kept');
select is(pg_temp.filter('%Ñú%'), '(v.search_text ~~ ''%nu%''::text)', 'folded once');

select * from finish();
rollback;
