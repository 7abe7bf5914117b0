create or replace function garita.username_stem(p_first_name text, p_last_name text, p_email text, p_unit text)
returns text
language plpgsql immutable
as $$
declare
    c_particles constant text := '^((de|del|la|las|los|y|da|do|dos|di|von|van|der)\s+)+';
    v_first text := split_part(btrim(garita.fold(p_first_name)), ' ', 1);
    v_last text := split_part(regexp_replace(btrim(garita.fold(p_last_name)), c_particles, ''), ' ', 1);
    v_stem text := left(btrim(regexp_replace(v_first || '.' || v_last, '[^a-z0-9.]', '', 'g'), '.'), 60);
begin
    if length(v_stem) < 3 then
        v_stem := left(btrim(regexp_replace(garita.fold(split_part(p_email, '@', 1)), '[^a-z0-9._-]', '', 'g'), '.'), 60);
    end if;
    if length(v_stem) < 3 or garita.is_role_word(v_stem) then
        v_stem := 'casa.' || regexp_replace(garita.fold(p_unit), '[^a-z0-9-]', '', 'g');
    end if;
    return v_stem;
end
$$;

comment on function garita.username_stem(text, text, text, text) is
    'How the user name of a person begins, behind which a number tells those of the same name apart: rosa.mar; of a name in '
    'other letters that of the e-mail, else of the home.';
