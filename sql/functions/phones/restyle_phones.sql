create or replace function garita.restyle_phones(
    p_table text, p_column text, p_after bigint, p_batch integer, out last_id bigint, out changed bigint)
language plpgsql volatile
as $$
begin
    -- garita.write_phones does the work; what is in the style already is passed over.
    execute format(
        'with batch as ('
        '    select t.id, t.site_id, t.%2$I as phone from garita.%1$I t where t.id > $1 order by t.id limit $2'
        '), restyled as ('
        '    update garita.%1$I t set %2$I = t.%2$I from batch b, garita.sites s'
        '    where t.id = b.id and s.id = b.site_id and s.country is distinct from s.phones_read_in'
        '        and b.phone <> '''' and garita.read_phone(b.phone, s.country) <> b.phone'
        '    returning t.id)'
        'select (select max(b.id) from batch b), (select count(*) from restyled)', p_table, p_column)
    into last_id, changed using p_after, p_batch;
end
$$;

comment on function garita.restyle_phones(text, text, bigint, integer) is
    'Writes phones that were stored before in the one style, in the next rows of a table; last_id is null when there are no '
    'more. Only of sites whose country is another than the one by which they were read last.';
