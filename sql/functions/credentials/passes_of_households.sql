create or replace function garita.passes_of_households(p_unit_ids bigint[]) returns bigint[]
language plpgsql stable
as $$
begin
    return array(
        select t.id from garita.visitors v join garita.temporary_codes t on t.visitor_id = v.id
        where v.unit_id = any (p_unit_ids) and v.resident_id is null and v.sponsor_id is null and t.sponsor_id is null
            and t.is_for_household);
end
$$;

comment on function garita.passes_of_households(bigint[]) is
    'The codes for which nobody but the household of one of the homes answers.';
