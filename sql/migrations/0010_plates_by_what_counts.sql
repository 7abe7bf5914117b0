-- Plates of the block list were compared without blanks and hyphens; now by letters and digits alone, whatever stands between
-- them. An entry that says the same as another is switched off, not lost.
do $$
declare
    v_has_trigger boolean := exists (
        select from pg_trigger t where t.tgrelid = 'garita.blocklist'::regclass and t.tgname = 'normalize_blocklist');
    v_entry record;
begin
    -- It would take what is compared for what was written.
    if v_has_trigger then
        alter table garita.blocklist disable trigger normalize_blocklist;
    end if;
    for v_entry in
        select b.id, upper(regexp_replace(b.value, '[^[:alnum:]]', '', 'g')) as plate
        from garita.blocklist b
        where b.kind = 'plate' and b.value ~ '[^[:alnum:]]' and b.value ~ '[[:alnum:]]'
        order by b.id
    loop
        begin
            update garita.blocklist b set value = v_entry.plate where b.id = v_entry.id;
        exception when unique_violation then
            update garita.blocklist b set is_active = false where b.id = v_entry.id;
        end;
    end loop;
    if v_has_trigger then
        alter table garita.blocklist enable trigger normalize_blocklist;
    end if;
end
$$;
