-- What the outbox holds is written by functions: of decisions, and of the process that empties it.

select garita.protect('garita.doors');
select garita.protect('garita.door_states');
select garita.protect('garita.door_events');
select garita.protect('garita.driver_memory');
select garita.protect('garita.outbox');
select garita.protect('garita.emergencies');
