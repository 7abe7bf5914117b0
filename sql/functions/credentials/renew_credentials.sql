create or replace function garita.renew_credentials(p_kind text, p_ids bigint[]) returns integer
language plpgsql volatile
as $$
declare
    v_written integer;
begin
    if cardinality(p_ids) = 0 then
        return 0;
    end if;
    -- Two that renew one code for different reasons come one after the other, and each reads the originals only after
    -- the one before has committed: else the second would write back what it had read before the first.
    perform from garita.credentials c where c.code_kind = p_kind and c.code_id = any (p_ids)
    order by c.code_id for no key update;
    if p_kind = 'permanent' then
        v_written := garita.write_credentials(array(
            select f from garita.permanent_credentials() f where f.code_id = any (p_ids)));
    else
        v_written := garita.write_credentials(array(
            select f from garita.temporary_credentials() f where f.code_id = any (p_ids)));
    end if;
    return v_written;
end
$$;

comment on function garita.renew_credentials(text, bigint[]) is
    'Writes the credentials of the codes of a kind anew where they differ from the originals; returns how many.';
