-- Two words that become equal when at most one letter is left out of each differ by one typing error: a letter wrong,
-- missing, too many, or two swapped. So every word is kept with all its versions that lack one letter, and "alike"
-- becomes "has one in common", which an index answers.
create or replace function garita.near_matches(p_kind text, p_text text) returns text[]
language sql immutable
as $$
    select array_agg(distinct left(p_kind, 1) || ':' || overlay(f.word placing '' from n for 1))
    from (
        select case p_kind
            when 'name' then garita.fold(garita.blocklist_value('name', p_text, null))
            when 'plate' then garita.blocklist_value('plate', p_text, null)
        end) f (word)
    -- Position 0 leaves nothing out. Short words get only that: too many differ by one letter.
    cross join lateral generate_series(
        char_length(f.word) + 1, case when char_length(f.word) < 5 then char_length(f.word) + 1 else 1 end, -1) n
    where f.word <> ''
$$;

comment on function garita.near_matches(text, text) is
    'A name without accents or a plate, and every version of it that lacks one letter; null for other kinds.';
