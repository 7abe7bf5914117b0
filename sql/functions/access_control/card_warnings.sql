create or replace function api.card_warnings(p_request_id text) returns table (english text, spanish text)
language sql stable security definer
set search_path = garita, pg_temp
as $$
    with written as (
        -- The audit tells the rows of a request, those of an import that is only tried too.
        select c.id, c.code_type, c.expiry_date
        from garita.access_codes c
        where c.site_id = garita.current_site_id() and c.is_active and c.id in (
                select a.row_id from garita.audit a
                where a.site_id = garita.current_site_id() and a.at >= transaction_timestamp() - interval '1 minute'
                    and a.request_id = p_request_id and a.table_name in ('access_codes', 'access_code_points'))
    ), readers as (
        select p.id, p.name, k.code_type,
            case k.code_type when 'RFID' then p.supports_rfid else p.supports_numeric end as reads
        from garita.access_points p cross join (values ('RFID'), ('PIN')) k (code_type)
        where p.site_id = garita.current_site_id() and p.is_active
    ), useless as (
        select r.name, w.code_type, count(*) as cards
        from written w
        join garita.access_code_points l on l.access_code_id = w.id
        join readers r on r.id = l.access_point_id and r.code_type = w.code_type and not r.reads
        group by r.name, w.code_type
        union all
        select null, w.code_type, count(*)
        from written w
        where w.code_type in ('RFID', 'PIN')
            and not exists (select from garita.access_code_points l where l.access_code_id = w.id)
            and not exists (select from readers r where r.code_type = w.code_type and r.reads)
        group by w.code_type
    )
    select 'Cards and PINs that have expired already and open nothing: ' || count(*) || '.',
        'Tarjetas y NIP que ya vencieron y no abren: ' || count(*) || '.'
    from written w
    where w.expiry_date < current_date and garita.current_role_name() = 'ADMIN'
    having count(*) > 0
    union all
    (select
        case u.code_type when 'RFID' then 'Cards: ' else 'PINs: ' end || u.cards || '. '
            || coalesce('The gate ' || u.name || ' reads no ', 'No gate in service reads ')
            || case u.code_type when 'RFID' then 'cards' else 'PINs' end || ': they will not open it.',
        case u.code_type when 'RFID' then 'Tarjetas: ' else 'NIP: ' end || u.cards || '. '
            || coalesce('El acceso ' || u.name, 'Ningún acceso en servicio')
            || case when u.name is null then '' else ' no' end
            || case u.code_type when 'RFID' then ' lee tarjetas' else ' admite NIP' end || ': no abrirán ahí.'
    from useless u
    where garita.current_role_name() = 'ADMIN'
    order by u.name nulls first, u.code_type)
$$;

comment on function api.card_warnings(text) is
    'What an administrator should know of the cards that a request has written: that they have expired, or that a gate of '
    'theirs, or every gate, cannot read their kind. One sentence in English and Spanish for each.';
grant execute on function api.card_warnings(text) to garita_admin;
