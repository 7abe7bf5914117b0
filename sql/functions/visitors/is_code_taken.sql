create or replace function garita.is_code_taken(p_site_id bigint, p_code_tag bytea, p_now timestamptz) returns boolean
language plpgsql stable
as $$
begin
    return (
        select exists (
                select from garita.access_codes c where c.site_id = p_site_id and c.code_tag = p_code_tag)
            or exists (
                select from garita.temporary_codes t
                where t.site_id = p_site_id and t.code_tag = p_code_tag and not t.is_retired
                    and (t.is_active and not garita.is_used_up(t.id) or t.valid_until > p_now - interval '7 days'))
            or exists (
                select from garita.pass_aliases a where a.site_id = p_site_id and a.code_tag = p_code_tag));
end
$$;

comment on function garita.is_code_taken(bigint, bytea, timestamptz) is
    'Whether a drawn code would be mistaken for another: a permanent one, a live one, a card, or one whose visitor may still '
    'be inside and leave with it.';
