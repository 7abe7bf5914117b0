create or replace function garita.is_used_up(p_code_id bigint) returns boolean
language plpgsql stable
as $$
begin
    return (
        select c.times_used >= c.max_uses
        from garita.credentials c where c.code_kind = 'temporary' and c.code_id = p_code_id);
end
$$;

comment on function garita.is_used_up(bigint) is 'Whether every entry of a visitor''s code has been used.';
