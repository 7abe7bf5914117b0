create or replace function garita.keep_guesses_until() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
declare
    -- A pause of a caller is one at every gate.
    v_row jsonb := coalesce(to_jsonb(new), to_jsonb(old));
    v_site_id bigint := (v_row ->> 'site_id')::bigint;
    v_point_id bigint := (v_row ->> 'access_point_id')::bigint;
begin
    perform from garita.gates g where g.site_id = v_site_id and g.point_id = coalesce(v_point_id, g.point_id)
    order by g.point_id for no key update;
    update garita.gates g set guesses_until = garita.guesses_until(g.site_id, g.point_id)
    where g.site_id = v_site_id and g.point_id = coalesce(v_point_id, g.point_id)
        and g.guesses_until <> garita.guesses_until(g.site_id, g.point_id);
    return null;
end
$$;

comment on function garita.keep_guesses_until() is 'What decisions read of a gate follows the counts of wrong guesses.';

-- A bucket that is not empty closes nothing.
create or replace trigger keep_gates after insert on garita.gate_throttles
    for each row when (new.tokens < 1 or new.short_off) execute function garita.keep_guesses_until();
create or replace trigger keep_gates_update after update of tokens, refilled_at, short_off on garita.gate_throttles
    for each row when (new.tokens < 1 or new.short_off or old.tokens < 1 or old.short_off)
    execute function garita.keep_guesses_until();
create or replace trigger keep_gates_delete after delete on garita.gate_throttles
    for each row when (old.tokens < 1 or old.short_off) execute function garita.keep_guesses_until();
create or replace trigger keep_gates after insert or update of paused_until on garita.guess_counts
    for each row when (new.paused_until is not null) execute function garita.keep_guesses_until();
create or replace trigger keep_gates_delete after delete on garita.guess_counts
    for each row when (old.paused_until is not null) execute function garita.keep_guesses_until();
