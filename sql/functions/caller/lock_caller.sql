-- Two changes at once of what a session copies (role and second factor, say) would each miss what the other has not
-- committed. So whoever copies for an account takes both locks first; a statement that begins afterwards sees the other's.
-- A site's own change holds its row already and copies what it sees: all others wait here, and copy after it.
create or replace function garita.lock_caller(p_user_id bigint) returns void
language plpgsql volatile
as $$
begin
    perform from garita.users u where u.id = p_user_id for no key update;
    perform from garita.sites si where si.id = (select u.site_id from garita.users u where u.id = p_user_id) for share;
end
$$;

comment on function garita.lock_caller(bigint) is
    'Until the transaction ends, nobody else changes what sessions copy of an account (garita.callers).';
