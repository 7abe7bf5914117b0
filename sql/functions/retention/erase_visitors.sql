-- A visit is over when its day has passed in the site's own time, nobody has gone in or out since, and no code of it
-- opens any more. An exit that nobody recorded does not keep a visit open for ever.
create or replace function garita.erase_visitors(p_rows integer) returns integer
language plpgsql volatile
as $$
declare
    v_ids bigint[] := array(
        select v.id
        from garita.sites s
        cross join lateral (select now() - s.visitor_days * interval '1 day' as until) k
        join garita.visitors v on v.site_id = s.id
        where v.first_name || v.last_name || v.document_id || v.phone || v.email || v.photo || v.purpose || v.vehicle_plate
                || v.company || v.notes <> '——'
            and v.expected_date < (k.until at time zone s.time_zone)::date
            and v.created_at < k.until
            and coalesce(greatest(v.check_in_time, v.check_out_time) < k.until, true)
            and not exists (
                select from garita.temporary_codes t
                join garita.credentials c on c.code_kind = 'temporary' and c.code_id = t.id
                where t.visitor_id = v.id
                    and (t.is_active and c.times_used < c.max_uses and t.valid_until >= k.until
                        or c.last_used_at >= k.until))
        limit p_rows
        for no key update of v skip locked);
begin
    perform garita.erase_visits(v_ids);
    return cardinality(v_ids);
end
$$;

comment on function garita.erase_visitors(integer) is
    'Erases the personal fields, photos and sealed codes of visits that ended longer ago than their site keeps them, '
    'and their values in the audit; at most so many visits, and returns how many. Run daily.';
