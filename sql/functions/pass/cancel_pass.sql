-- A visit that has not begun is off with its pass, like one that its host cancels; of one that comes again and again only
-- the pass ends.
create or replace function api.cancel_pass(p_tags bytea[], p_request_id text, p_address text) returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_pass record;
begin
    select p.* into v_pass from garita.lock_pass(p_tags, p_request_id, p_address) p;
    if v_pass.state = 'inside' or exists (
        select from garita.visitors v where v.id = v_pass.visitor_id and v.status = 'CHECKED_IN')
    then
        raise exception using errcode = 'GA409', hint = 'state',
            message = 'You are inside: the pass lets you out.',
            detail = 'Usted está dentro: el pase le sirve para salir.';
    end if;
    update garita.temporary_codes t set is_active = false, revoked_at = clock_timestamp()
    where t.id = v_pass.code_id and t.revoked_at is null;
    update garita.visitors v set status = 'DENIED'
    where v.id = v_pass.visitor_id and v.status in ('PENDING', 'APPROVED');
end
$$;

comment on function api.cancel_pass(bytea[], text, text) is
    'A visitor does not come: the pass ends for good. Repeated, it changes nothing. GA404 for a link of none, GA409 for who '
    'is inside.';
grant execute on function api.cancel_pass(bytea[], text, text) to garita_app;
