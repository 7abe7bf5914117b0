-- With the caller's rights, as api.decide_visit. The host of a visit is whose word let it in last; who it was before stands in
-- the audit.
create or replace function api.take_word(p_visitor_id bigint, p_resident_id bigint) returns boolean
language plpgsql volatile
as $$
declare
    v_unit_id bigint;
begin
    -- Two guards who ask at once are answered one after the other, as in api.lacks_pass.
    perform pg_advisory_xact_lock(hashtextextended('admit ' || p_visitor_id, 0));
    select v.unit_id into v_unit_id from garita.visitors v where v.id = p_visitor_id;
    if not api.needs_word(p_visitor_id) then
        return false;
    end if;
    perform garita.require_host(p_resident_id, v_unit_id);
    update garita.visitors v set resident_id = p_resident_id where v.id = p_visitor_id;
    return true;
end
$$;

comment on function api.take_word(bigint, bigint) is
    'Writes down by which resident''s word a visit whose passes are used up or over is let in again; false, and nothing, where '
    'it does not need one (api.needs_word). GA400 for a resident who cannot give it.';
grant execute on function api.take_word(bigint, bigint) to garita_admin, garita_guard;
