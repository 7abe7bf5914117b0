-- As the owner, who alone writes notes: only in the own open shift, and none is ever changed.
create or replace function api.write_shift_note(p_text text) returns bigint
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_text text := btrim(coalesce(p_text, ''));
    v_id bigint;
begin
    if char_length(v_text) not between 1 and 2000 then
        raise exception using errcode = 'GA400', hint = 'note',
            message = 'Write a note of at most 2000 characters.',
            detail = 'Escriba una nota de 2000 caracteres como máximo.';
    end if;
    insert into garita.shift_notes (shift_id, text)
    select s.id, v_text from garita.shifts s
    where s.site_id = garita.current_site_id() and s.user_id = garita.current_user_id() and s.closed_at is null
    returning id into v_id;
    if v_id is null then
        raise exception using errcode = 'GA409', hint = 'shift',
            message = 'You have no open shift.',
            detail = 'No tiene un turno abierto.';
    end if;
    return garita.set_saved_id(v_id);
end
$$;

comment on function api.write_shift_note(text) is
    'Adds a note to the caller''s open shift; returns its number. GA400 for a blank or a long one, GA409 without a shift.';
grant execute on function api.write_shift_note(text) to garita_admin, garita_guard;
