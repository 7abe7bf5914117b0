-- Not for rows that are imported or written by hand: the rule applies to requests.
create or replace function garita.keep_resident_rules() returns trigger
language plpgsql
as $$
declare
    v_site record;
begin
    if garita.current_user_id() is null then
        return new;
    end if;
    select s.requires_document, s.requires_phone into v_site from garita.sites s where s.id = new.site_id;
    -- What was blank before may stay so: a newer rule must not block another change.
    if v_site.requires_document and new.document_id = '' and (tg_op = 'INSERT' or old.document_id <> '') then
        raise exception using errcode = 'GA400', hint = 'document_id',
            message = 'This field may not be blank.',
            detail = 'Este campo no puede quedar vacío.';
    elsif v_site.requires_phone and new.phone = '' and (tg_op = 'INSERT' or old.phone <> '') then
        raise exception using errcode = 'GA400', hint = 'phone',
            message = 'This field may not be blank.',
            detail = 'Este campo no puede quedar vacío.';
    end if;
    return new;
end
$$;

comment on function garita.keep_resident_rules() is
    'Refuses a resident without the document or the phone that the site demands (GA400).';

create or replace trigger keep_resident_rules before insert or update of document_id, phone on garita.residents
    for each row execute function garita.keep_resident_rules();
