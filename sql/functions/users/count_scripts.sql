-- Letters that look alike belong to different scripts, so a name of one script does not deceive. Scripts that are written
-- together count as one (Unicode Technical Standard 39, 5.2). Scripts are found by their blocks.
create or replace function garita.count_scripts(p_name text) returns integer
language sql immutable strict parallel safe
as $$
    select count(distinct case
        when l.n < 592 or l.n between 7680 and 7935 then 'Latin'
        when l.n between 880 and 1023 or l.n between 7936 and 8191 then 'Greek'
        when l.n between 1024 and 1327 or l.n between 7296 and 7311 or l.n between 11744 and 11775
            or l.n between 42560 and 42655 then 'Cyrillic'
        when l.n between 11904 and 40959 or l.n between 44032 and 55215 or l.n > 131071 then 'East Asian'
        else 'block ' || l.n / 256 end)::integer
    from (
        select ascii(c) as n from regexp_split_to_table(translate(p_name, '0123456789._@+-', ''), '') c
        where c <> '') l
$$;

comment on function garita.count_scripts(text) is
    'How many scripts the letters of a name are of; digits of ASCII and signs are of any.';
