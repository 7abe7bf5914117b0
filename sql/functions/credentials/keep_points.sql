create or replace function garita.keep_points() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
declare
    v_column text := tg_argv[1];
begin
    perform garita.renew_credentials(tg_argv[0], array_remove(array[
        (to_jsonb(old) ->> v_column)::bigint, (to_jsonb(new) ->> v_column)::bigint], null));
    return null;
end
$$;

comment on function garita.keep_points() is
    'The credential of a code knows the gates that the code opens. Arguments: kind of the code, column of its id.';

create or replace trigger keep_credential after insert or update or delete on garita.access_code_points
    for each row execute function garita.keep_points('permanent', 'access_code_id');
create or replace trigger keep_credential after insert or update or delete on garita.temporary_code_points
    for each row execute function garita.keep_points('temporary', 'temporary_code_id');
