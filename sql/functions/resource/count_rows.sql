create or replace function garita.count_rows() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    -- An import writes row by row, in one transaction: each row would scan a hundred thousand versions of one count. It
    -- corrects the counts at its end (garita.keep_row_counts).
    if current_setting('garita.counts_later', true) = 'on' then
        return null;
    end if;
    insert into garita.row_counts as c (site_id, table_name, shard, total)
    select r.site_id, tg_table_name, pg_backend_pid() % 64, case tg_op when 'INSERT' then count(*) else -count(*) end
    from changed r
    group by r.site_id
    on conflict (site_id, table_name, shard) do update set total = c.total + excluded.total;
    return null;
end
$$;

comment on function garita.count_rows() is 'Maintains garita.row_counts of a table whose rows never change their site.';

create or replace trigger count_new after insert on garita.visitors
    referencing new table as changed for each statement execute function garita.count_rows();
create or replace trigger count_gone after delete on garita.visitors
    referencing old table as changed for each statement execute function garita.count_rows();
create or replace trigger count_new after insert on garita.temporary_codes
    referencing new table as changed for each statement execute function garita.count_rows();
create or replace trigger count_gone after delete on garita.temporary_codes
    referencing old table as changed for each statement execute function garita.count_rows();
create or replace trigger count_new after insert on garita.residents
    referencing new table as changed for each statement execute function garita.count_rows();
create or replace trigger count_gone after delete on garita.residents
    referencing old table as changed for each statement execute function garita.count_rows();
