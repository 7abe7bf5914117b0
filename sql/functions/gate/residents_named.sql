create or replace function garita.residents_named(p_site_id bigint, p_patterns text[], p_like text, p_limit integer)
returns bigint[]
language plpgsql stable
as $$
declare
    -- That of api.search_gate for the operator.
    c_alike constant real := real '0.5';
    -- What an index of triples of letters knows; the one with most letters finds least.
    v_key text := (
        select p from unnest(p_patterns) p where p ~ '[[:alnum:]]{3}'
        order by char_length(replace(p, '_', '')) desc limit 1);
begin
    if p_like is not null then
        return array(
            select f.id
            from (
                select r.id, garita.word_similarity(p_like, garita.fold(r.first_name || ' ' || r.last_name)) as likeness
                from garita.residents r
                where r.site_id = p_site_id and p_like operator(garita.<%) garita.fold(
                    r.first_name || chr(10) || r.last_name || chr(10) || r.document_id || chr(10) || r.phone || chr(10)
                    || r.email)
                offset 0) f
            where f.likeness >= c_alike order by f.likeness desc, f.id limit p_limit);
    elsif v_key is null then
        return '{}'::bigint[];
    end if;
    return array(
        select r.id from garita.residents r
        where r.site_id = p_site_id and garita.fold(
                r.first_name || chr(10) || r.last_name || chr(10) || r.document_id || chr(10) || r.phone || chr(10)
                || r.email) like v_key
            and garita.fold(r.first_name || ' ' || r.last_name) like all (p_patterns)
        limit p_limit);
end
$$;

comment on function garita.residents_named(bigint, text[], text, integer) is
    'Residents of a site in whose name every pattern is found; with p_like those whose name is like that text, the most '
    'alike first.';
