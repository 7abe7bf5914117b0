create or replace function garita.is_role_word(p_username text) returns boolean
language sql immutable strict parallel safe
as $$
    select translate(
            -- Without accents and signs; letters of other scripts as the Latin ones they look like.
            regexp_replace(normalize(garita.name_key(p_username), NFKD), '[\u0300-\u036f._@+-]', '', 'g'),
            'аеорсухіјѕԁһкмтвнпαεοριντκυıɑɡ', 'aeopcyxijsdhkmtbhnaeopivtkuiag')
        = any (array[
            'admin', 'administrador', 'administradora', 'administrator', 'administracion', 'administration', 'root',
            'superuser', 'superusuario', 'sysadmin', 'system', 'sistema', 'garita', 'guard', 'guards', 'guardia', 'guardias',
            'guardian', 'vigilante', 'vigilancia', 'security', 'seguridad', 'caseta', 'porteria', 'portero', 'gate', 'gates',
            'acceso', 'accesos', 'support', 'soporte', 'operator', 'operador', 'staff', 'resident', 'residente', 'visitor',
            'visitante', 'anonymous', 'anonimo', 'null', 'none'])
$$;

comment on function garita.is_role_word(text) is
    'Whether a name says what an account may do instead of whose it is, so that a reader of a log takes one for the '
    'other.';
