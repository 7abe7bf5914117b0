-- A million rows, so all of a page at once; only if one of them cannot even be read, one by one.
create or replace function garita.import_legacy_logs(p_site_id bigint, p_last_legacy_id bigint, p_rows jsonb)
returns table (legacy_id bigint, outcome text, subject text)
language plpgsql volatile
as $$
declare
    v_element jsonb;
begin
    return query select i.legacy_id, i.outcome, i.subject from garita.import_legacy_log_page(p_site_id, p_last_legacy_id, p_rows) i;
exception when integrity_constraint_violation or data_exception then
    if jsonb_array_length(p_rows) > 1 then
        for v_element in select e from jsonb_array_elements(p_rows) e loop
            return query select i.legacy_id, i.outcome, i.subject
            from garita.import_legacy_logs(p_site_id, p_last_legacy_id, jsonb_build_array(v_element)) i;
        end loop;
    else
        legacy_id := (p_rows -> 0 ->> 'id')::bigint;
        outcome := 'refused';
        subject := garita.unreadable_legacy_field('access_logs', p_rows -> 0);
        return next;
    end if;
end
$$;

comment on function garita.import_legacy_logs(bigint, bigint, jsonb) is
    'Imports log rows of the legacy system and returns the outcome of each. For garita import-original.';
