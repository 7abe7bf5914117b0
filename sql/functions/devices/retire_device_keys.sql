create or replace function garita.retire_device_keys() returns integer
language plpgsql volatile
as $$
declare
    v_retired integer;
begin
    update garita.devices d set minimum_key_version = d.key_version
    where d.minimum_key_version < d.key_version and d.rotated_at <= clock_timestamp() - interval '7 days';
    get diagnostics v_retired = row_count;
    return v_retired;
end
$$;

comment on function garita.retire_device_keys() is
    'Ends keys whose successor is seven days old, and returns how many. The gate refuses them anyway; this writes it '
    'into the row.';
