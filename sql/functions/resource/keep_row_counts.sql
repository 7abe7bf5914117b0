-- For rows written where no trigger fires, as by a restore or an import. Rows and counts are of one snapshot, so what
-- others write meanwhile is in neither, and the difference stays right.
create or replace function garita.keep_row_counts() returns integer
language sql volatile
as $$
    with actual as (
        select v.site_id, 'visitors' as table_name, count(*) as rows from garita.visitors v group by v.site_id
        union all
        select t.site_id, 'temporary_codes', count(*) from garita.temporary_codes t group by t.site_id
        union all
        select r.site_id, 'residents', count(*) from garita.residents r group by r.site_id
    ), counted as (
        select c.site_id, c.table_name, sum(c.total) as rows from garita.row_counts c group by c.site_id, c.table_name
    ), corrected as (
        insert into garita.row_counts as c (site_id, table_name, shard, total)
        select site_id, table_name, 0, coalesce(a.rows, 0) - coalesce(k.rows, 0)
        from actual a full join counted k using (site_id, table_name)
        where coalesce(a.rows, 0) <> coalesce(k.rows, 0)
        on conflict (site_id, table_name, shard) do update set total = c.total + excluded.total
        returning 1
    )
    select count(*)::integer from corrected
$$;

comment on function garita.keep_row_counts() is 'Corrects garita.row_counts; returns how many counts were wrong.';
