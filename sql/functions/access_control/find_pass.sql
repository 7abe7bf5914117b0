-- One after the other: there are several while the tag key changes, and for a text that was typed in groups.
create or replace function garita.find_pass(
    p_site_id bigint, p_code_tags bytea[], p_otp_tags bytea[], p_guess garita.guess) returns garita.credentials
language plpgsql stable
-- The planner cannot know how many tags an array holds and would plan anew for every code, at ten times the cost.
set plan_cache_mode = force_generic_plan
as $$
declare
    v_pass garita.credentials;
    v_tags bytea[] := p_code_tags || p_otp_tags;
begin
    if not (p_guess.looks_typed or p_guess.looks_read) then
        return null;
    end if;
    v_pass := (
        select c from garita.credentials c
        where c.site_id = p_site_id and c.code_tag = any (v_tags)
            and (c.code_type = 'OTP') = (c.code_tag = any (p_otp_tags))
            and case when c.code_kind = 'temporary' or c.code_type = 'PIN' then p_guess.looks_typed
                else p_guess.looks_read end is not false
            and (p_guess.is_inside_only is not true or c.code_kind = 'permanent' or c.visit_status = 'CHECKED_IN')
        order by c.code_kind, array_position(v_tags, c.code_tag)
        limit 1);
    if v_pass.code_id is null then
        v_pass := garita.find_alias(p_site_id, p_code_tags, p_guess);
    end if;
    return v_pass;
end
$$;

comment on function garita.find_pass(bigint, bytea[], bytea[], garita.guess) is
    'The code that has one of the tags, the first before the others, permanent ones before all; null for none. One-time codes '
    'are found by p_otp_tags only. A text that can be guessed is looked up among the kinds of codes that p_guess names; null '
    'for any other text. The link of a pass and a card are read as the pass.';
