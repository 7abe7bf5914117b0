-- Twin of api.count_photo: the pictures of a day, each account by itself.
begin;
\ir ../community.psql

create function pg_temp.sends(p_user bigint) returns integer language sql as $$
    select pg_temp.answer(p_user, 'select api.count_photo()')::integer
$$;

select is(pg_temp.sends(9003), 0, 'the first of a day');
update garita.photo_counts set photos = 49, since = clock_timestamp() - interval '1 hour' where user_id = 9003;
select is(pg_temp.sends(9003), 0, 'the fiftieth of a resident');
select ok(pg_temp.sends(9003) between 82000 and 82800, 'the next one when the day is over');
select pg_temp.sends(9003) from generate_series(1, 3) \g /dev/null
select is((select photos from garita.photo_counts where user_id = 9003), 51, 'what is refused does not count on');
select is(pg_temp.sends(9002), 0, 'a guard counts apart');
update garita.photo_counts set photos = 1999 where user_id = 9002;
select is(pg_temp.sends(9002), 0, 'and has more: two thousand');
select ok(pg_temp.sends(9002) > 0, 'not one more');
update garita.photo_counts set since = clock_timestamp() - interval '1 day' where user_id in (9002, 9003);
select is(pg_temp.sends(9002) + pg_temp.sends(9003), 0, 'the next day everybody begins anew');
select results_eq($$select photos, since > now() - interval '1 minute' from garita.photo_counts where user_id = 9003$$,
    $$values (1, true)$$, 'with the first one');
select is(pg_temp.outcome(9003, 'select * from garita.photo_counts'), '42501', 'nobody reads or sets a count');

select * from finish();
rollback;
