-- A pass never outlives the right of who stands behind it: the resident by whose word the visit is approved, and the
-- resident who issued the pass, whatever becomes of the host that the visit names.

alter table garita.visitors
    add column sponsor_id bigint,
    add constraint visitors_sponsor_fkey foreign key (site_id, sponsor_id) references garita.residents (site_id, id);
comment on column garita.visitors.sponsor_id is
    'The resident by whose word the visit is approved: who registered or approved it, or whose word a guard took. Null '
    'when staff decided alone.';
create index visitors_sponsor_idx on garita.visitors (sponsor_id) where sponsor_id is not null;

alter table garita.temporary_codes
    add column sponsor_id bigint,
    add column is_for_household boolean not null default false,
    add constraint temporary_codes_sponsor_fkey foreign key (site_id, sponsor_id) references garita.residents (site_id, id);
comment on column garita.temporary_codes.sponsor_id is 'The resident who issued it; null when staff did.';
comment on column garita.temporary_codes.is_for_household is
    'Somebody lived in the home visited when it was issued: it ends with that household. A pass for an empty home, such '
    'as a plumber''s, does not.';
create index temporary_codes_sponsor_idx on garita.temporary_codes (sponsor_id, valid_until)
    where sponsor_id is not null;

-- What is known of the rows there are. Nobody changes them now, so neither their time nor the audit does.
alter table garita.visitors disable trigger user;
alter table garita.temporary_codes disable trigger user;

update garita.visitors v
set resident_id = coalesce(v.resident_id, r.id), sponsor_id = r.id
from garita.users u
join garita.residents r on r.user_id = u.id
where u.id = v.authorized_by and u.role = 'RESIDENT' and r.site_id = v.site_id and r.unit_id = v.unit_id;

update garita.temporary_codes t
set sponsor_id = (
        select r.id from garita.residents r join garita.users u on u.id = r.user_id
        where u.id = t.generated_by and u.role = 'RESIDENT' and r.site_id = t.site_id),
    is_for_household = exists (
        select from garita.visitors v join garita.residents r on r.unit_id = v.unit_id
        where v.id = t.visitor_id and (r.move_out_date is null or r.move_out_date > t.created_at::date))
where t.is_active and t.valid_until > clock_timestamp();

alter table garita.visitors enable trigger user;
alter table garita.temporary_codes enable trigger user;
