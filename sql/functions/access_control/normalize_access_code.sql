-- As the owner: no role may read tags or write who issued or revoked a code.
create or replace function garita.normalize_access_code() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        new.issued_by := coalesce(garita.current_user_id(), new.issued_by);
    end if;
    -- Letters count as digits. Where neither is known, the length is: a sealed code is 28 bytes longer than the code.
    -- Without a request it is an import of the legacy system: short PINs stay valid, and `garita check` lists them.
    if new.code_type = 'PIN' and coalesce(new.code_digits + new.code_letters, octet_length(new.code_sealed) - 28) < 6
        and garita.current_user_id() is not null
        and (tg_op = 'INSERT' or new.code_tag <> old.code_tag or old.code_type <> 'PIN')
    then
        raise exception using errcode = 'GA400', hint = 'code',
            message = 'A PIN must have at least 6 digits.',
            detail = 'Un NIP debe tener al menos 6 dígitos.';
    end if;
    new.revoked_at := case when not new.is_active then coalesce(new.revoked_at, clock_timestamp()) end;

    -- The gate looks up permanent codes first: a new PIN must not take over the number of a live visit.
    if exists (
        select from garita.temporary_codes t
        where t.site_id = new.site_id and t.code_tag = new.code_tag and t.is_active and not t.is_retired
            and not garita.is_used_up(t.id))
    then
        raise exception using errcode = 'unique_violation', message = 'the code is in use by a visitor',
            schema = 'garita', table = 'access_codes', constraint = 'access_codes_code_unique';
    end if;
    return new;
end
$$;

comment on function garita.normalize_access_code() is
    'Fills in who issued a permanent code and when it was switched off; refuses a code that a live visit has, and a new '
    'PIN that is too short.';

create or replace trigger normalize_access_code before insert or update on garita.access_codes
    for each row execute function garita.normalize_access_code();
