create or replace function garita.resides(p_move_out_date date) returns boolean
language sql stable parallel safe
return p_move_out_date is null or p_move_out_date > current_date;

comment on function garita.resides(date) is
    'Whether a resident lives here today, the day of the site that api.begin_request has set as time zone.';
grant execute on function garita.resides(date) to garita_admin, garita_guard, garita_resident;
