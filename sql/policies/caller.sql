-- What was answered to repeated requests is read and written by api.recall_answer and api.keep_answer alone.
alter table garita.answers enable row level security;
revoke all on garita.answers from public, garita_admin, garita_guard, garita_resident;
