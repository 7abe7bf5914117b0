create or replace function garita.require_enrolment(p_must_enrol boolean) returns void
language plpgsql immutable
as $$
begin
    if p_must_enrol then
        raise exception using errcode = 'GA403', hint = 'second_factor_enrolment',
            message = 'A second factor is required here: set one up first.',
            detail = 'Aquí se requiere un segundo factor: configure uno primero.';
    end if;
end
$$;

comment on function garita.require_enrolment(boolean) is
    'Refuses everything but enrolling a second factor to who must and has not: GA403 with hint second_factor_enrolment.';
revoke execute on function garita.require_enrolment(boolean) from garita_app, garita_auth;
