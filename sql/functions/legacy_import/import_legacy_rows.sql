-- Each row is a subtransaction of its own: the table's constraints judge it, and a bad row costs only itself.
create or replace function garita.import_legacy_rows(
    p_site_id bigint, p_table text, p_references jsonb, p_last_legacy_id bigint, p_rows jsonb)
returns table (legacy_id bigint, outcome text, subject text)
language plpgsql volatile
-- The tables grow while they are filled; the planner's statistics of them are old.
set enable_seqscan = off
set jit = off
as $$
declare
    v_element jsonb;
    v_constraint text;
    v_column text;
begin
    for v_element in select e from jsonb_array_elements(p_rows) e loop
        legacy_id := (v_element ->> 'id')::bigint;
        begin
            select i.outcome, i.subject into import_legacy_rows.outcome, import_legacy_rows.subject
            from garita.import_legacy_row(
                p_site_id, p_table, p_references, p_last_legacy_id, legacy_id, v_element -> 'row',
                case when v_element ? 'points' then
                    array(select jsonb_array_elements_text(v_element -> 'points')::bigint) end) i;
        exception when integrity_constraint_violation or data_exception then
            get stacked diagnostics v_constraint = constraint_name, v_column = column_name;
            outcome := 'refused';
            subject := coalesce(nullif(v_constraint, ''), nullif(v_column, ''),
                garita.unreadable_legacy_field(p_table, v_element -> 'row'));
        end;
        return next;
    end loop;
end
$$;

comment on function garita.import_legacy_rows(bigint, text, jsonb, bigint, jsonb) is
    'Imports rows of one table of the legacy system and returns the outcome of each; for a refused one the constraint '
    'or column that refused it. For garita import-original.';
