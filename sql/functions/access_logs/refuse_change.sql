create or replace function garita.refuse_change() returns trigger
language plpgsql
as $$
begin
    if tg_op = 'UPDATE' and current_user = 'garita_owner' then
        if garita.is_erasure(to_jsonb(old), to_jsonb(new)) then
            return new;
        end if;
    elsif tg_op = 'DELETE' and tg_table_name = 'audit' and current_user = 'garita_owner' then
        if garita.is_forgettable(to_jsonb(old)) then
            return old;
        end if;
    end if;
    raise exception using errcode = 'insufficient_privilege',
        message = format('%s is append-only', tg_table_name);
end
$$;

comment on function garita.refuse_change() is
    'Refuses every change of history, even by the owner: rights refuse the roles, this trigger refuses everybody. The '
    'owner may only blank what retention erases (garita.is_erasure) and delete log-ins under names without an account '
    '(garita.is_forgettable).';

create or replace trigger append_only before update or delete on garita.access_logs
    for each row execute function garita.refuse_change();
create or replace trigger append_only_truncate before truncate on garita.access_logs
    for each statement execute function garita.refuse_change();
create or replace trigger append_only before update or delete on garita.audit
    for each row execute function garita.refuse_change();
create or replace trigger append_only_truncate before truncate on garita.audit
    for each statement execute function garita.refuse_change();
create or replace trigger append_only before update or delete on garita.log_seals
    for each row execute function garita.refuse_change();
create or replace trigger append_only_truncate before truncate on garita.log_seals
    for each statement execute function garita.refuse_change();
create or replace trigger append_only before update or delete on garita.log_leaves
    for each row execute function garita.refuse_change();
create or replace trigger append_only_truncate before truncate on garita.log_leaves
    for each statement execute function garita.refuse_change();
