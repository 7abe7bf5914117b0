create or replace function garita.refuse_change() returns trigger
language plpgsql
as $$
begin
    raise exception using errcode = 'insufficient_privilege',
        message = format('%s is append-only', tg_table_name);
end
$$;

comment on function garita.refuse_change() is
    'History is never rewritten, not even by the owner: rights refuse the roles, this trigger refuses everybody.';

create or replace trigger append_only before update or delete on garita.access_logs
    for each row execute function garita.refuse_change();
create or replace trigger append_only_truncate before truncate on garita.access_logs
    for each statement execute function garita.refuse_change();
create or replace trigger append_only before update or delete on garita.audit
    for each row execute function garita.refuse_change();
create or replace trigger append_only_truncate before truncate on garita.audit
    for each statement execute function garita.refuse_change();
