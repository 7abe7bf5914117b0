create or replace function api.set_pass_plate(p_tags bytea[], p_plate text, p_request_id text, p_address text) returns void
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    c_changes constant integer := 5;
    v_pass record;
begin
    select p.* into v_pass from garita.lock_pass(p_tags, p_request_id, p_address) p;
    if v_pass.state not in ('good', 'not_yet', 'outside_hours', 'pending', 'inside') then
        raise exception using errcode = 'GA409', hint = 'state',
            message = 'This pass is over: nothing about it can be changed.',
            detail = 'Este pase ya terminó: no se puede cambiar nada en él.';
    elsif p_plate <> '' and p_plate !~ '[A-Za-z0-9]' then
        raise exception using errcode = 'GA400', hint = 'vehicle_plate',
            message = 'Write the letters or digits of the plate.',
            detail = 'Escriba las letras o cifras de las placas.';
    end if;
    update garita.pass_aliases a set plate_changes = a.plate_changes + 1
    where a.id = v_pass.alias_id and a.plate_changes < c_changes;
    if not found then
        raise exception using errcode = 'GA409', hint = 'vehicle_plate',
            message = 'The plate was changed as often as it can be. Tell the plate at the gate.',
            detail = 'Las placas ya se cambiaron las veces permitidas. Dígalas en el acceso.';
    end if;
    update garita.visitors v set vehicle_plate = p_plate where v.id = v_pass.visitor_id;
end
$$;

comment on function api.set_pass_plate(bytea[], text, text, text) is
    'A visitor says with which plate, or with none, five times at most for each link. GA404 for a link of none, GA400 for signs '
    'alone, GA409 for a pass that is over '
    'or one change too many.';
grant execute on function api.set_pass_plate(bytea[], text, text, text) to garita_app;
