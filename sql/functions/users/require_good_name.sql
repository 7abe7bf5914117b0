create or replace function garita.require_good_name(p_username text) returns void
language plpgsql immutable
as $$
begin
    if garita.count_scripts(garita.name_key(p_username)) > 1 then
        raise exception using errcode = 'GA400', hint = 'username',
            message = 'A user name must use letters of one alphabet only.',
            detail = 'Un nombre de usuario debe usar letras de un solo alfabeto.';
    end if;
end
$$;

comment on function garita.require_good_name(text) is
    'Refuses a name whose letters are of several scripts (GA400): one of them stands there to look like another.';
