create or replace function garita.import_legacy_photo(
    p_site_id bigint, p_table text, p_legacy_id bigint, p_file text, p_photo text) returns boolean
language plpgsql volatile
as $$
declare
    v_import garita.legacy_imports;
    v_before timestamptz;
    v_after timestamptz;
begin
    select i.* into v_import from garita.legacy_imports i
    where i.site_id = p_site_id and i.table_name = p_table and i.legacy_id = p_legacy_id;
    execute format('select t.updated_at from garita.%I t where t.id = $1 for update', p_table)
        into v_before using v_import.row_id;
    -- A photo that was chosen here stays.
    execute format(
        'update garita.%I t set photo = $1 where t.id = $2 and (t.photo = '''' or t.updated_at = $3) '
        'returning t.updated_at', p_table)
        into v_after using p_photo, v_import.row_id, v_import.row_updated_at;
    update garita.legacy_imports i
    set photo = p_file, row_updated_at = case when v_before = i.row_updated_at then v_after else i.row_updated_at end
    where i.site_id = p_site_id and i.table_name = p_table and i.legacy_id = p_legacy_id;
    return v_after is not null;
end
$$;

comment on function garita.import_legacy_photo(bigint, text, bigint, text, text) is
    'Sets the photo of a row that came from the legacy system, unless another was chosen here since; true when it was '
    'set.';
