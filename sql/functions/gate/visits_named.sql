create or replace function garita.visits_named(p_site_id bigint, p_patterns text[], p_like text, p_limit integer)
returns bigint[]
language plpgsql stable
as $$
declare
    -- That of api.search_gate for the operator.
    c_alike constant real := real '0.5';
    v_key text := (
        select p from unnest(p_patterns) p where p ~ '[[:alnum:]]{3}'
        order by char_length(replace(p, '_', '')) desc limit 1);
begin
    if p_like is not null then
        return array(
            select f.id
            from (
                select v.id, garita.word_similarity(
                    p_like, garita.fold(v.first_name || ' ' || v.last_name || ' ' || v.company)) as likeness
                from garita.visitors v
                where v.site_id = p_site_id and p_like operator(garita.<%) v.search_text and garita.is_visit_near(v)
                offset 0) f
            where f.likeness >= c_alike order by f.likeness desc, f.id desc limit p_limit);
    elsif v_key is null then
        return '{}'::bigint[];
    end if;
    return array(
        select v.id from garita.visitors v
        where v.site_id = p_site_id and v.search_text like v_key and v.search_text like all (p_patterns)
            and garita.is_visit_near(v)
        limit p_limit);
end
$$;

comment on function garita.visits_named(bigint, text[], text, integer) is
    'Visits of a site that a gate may have to do with (garita.is_visit_near) in whose name, company, document, phone or '
    'plate every pattern is found; with p_like those whose name or company is like that text, the most alike first.';
