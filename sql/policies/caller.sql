-- What was answered to repeated requests is read and written by api.recall_answer and api.keep_answer alone.
select garita.protect('garita.answers');
