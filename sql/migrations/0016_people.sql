-- Nobody leaves before arriving. Rows of before are left as they are.

alter table garita.residents
    add constraint residents_move_out_date_order check (move_out_date >= move_in_date) not valid;

-- The auth pool makes accounts as the administrator who asks: it calls what api.begin_request calls.
grant usage on schema garita to garita_auth;
