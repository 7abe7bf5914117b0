create or replace function garita.repair_credentials() returns bigint
language plpgsql volatile
as $$
declare
    v_written bigint;
    v_gone bigint;
begin
    delete from garita.credentials c
    where not exists (select from garita.access_codes a where c.code_kind = 'permanent' and a.id = c.code_id)
        and not exists (select from garita.temporary_codes t where c.code_kind = 'temporary' and t.id = c.code_id);
    get diagnostics v_gone = row_count;
    -- Numbers before the rest: one that has gone from one code to another stands at most once.
    update garita.credentials c set code_tag = null
    from garita.fresh_credentials() f
    where f.code_kind = c.code_kind and f.code_id = c.code_id and c.code_tag is distinct from f.code_tag;
    -- Only those that differ: the others need no lock.
    v_written := garita.renew_credentials('temporary', array(
            select f.code_id from garita.temporary_credentials() f
            left join garita.credentials c on c.code_kind = f.code_kind and c.code_id = f.code_id
            where f.* is distinct from c.*))::bigint
        + garita.renew_credentials('permanent', array(
            select f.code_id from garita.permanent_credentials() f
            left join garita.credentials c on c.code_kind = f.code_kind and c.code_id = f.code_id
            where f.* is distinct from c.*));
    return v_written + v_gone;
end
$$;

comment on function garita.repair_credentials() is 'Puts right what garita.check_copies counts of credentials; returns how many.';
