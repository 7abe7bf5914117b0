create or replace function garita.require_question(p_direction text, p_method text) returns void
language plpgsql immutable
as $$
begin
    if p_direction is null or p_direction not in ('ENTRY', 'EXIT') then
        raise exception using errcode = 'GA400', hint = 'access_type',
            message = 'Not a direction.',
            detail = 'No es un sentido de paso.';
    elsif p_method not in (
        'QR_CODE', 'RFID', 'NUMERIC_CODE', 'ALPHANUMERIC_CODE', 'MANUAL', 'BIOMETRIC', 'OTHER')
    then
        raise exception using errcode = 'GA400', hint = 'method',
            message = 'Not a method of reading.',
            detail = 'No es un medio de lectura.';
    end if;
end
$$;

comment on function garita.require_question(text, text) is 'GA400 for what is no direction, or no method of reading.';
