-- Each field in a subtransaction of its own; so only for a row that was refused.
create or replace function garita.unreadable_legacy_field(p_table text, p_row jsonb) returns text
language plpgsql stable
as $$
declare
    v_name text;
    v_state text;
begin
    for v_name in select k from jsonb_object_keys(p_row) k order by k loop
        begin
            execute format('select jsonb_populate_record(null::garita.%I, $1)', p_table)
                using jsonb_build_object(v_name, p_row -> v_name);
        exception when data_exception then
            get stacked diagnostics v_state = returned_sqlstate;
            -- 22003 and 22008: a number or a time that its type cannot hold.
            return p_table || '_' || v_name || case when v_state in ('22003', '22008') then '_range' else '_format' end;
        end;
    end loop;
    return 'unreadable';
end
$$;

comment on function garita.unreadable_legacy_field(text, jsonb) is
    'The first field of a row of the legacy system whose value its column cannot hold, as a constraint of the table would be '
    'named; unreadable when each can be read by itself.';
