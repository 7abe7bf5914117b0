-- The words of 0011 and of 0012 together: the latter had forgotten the former.
alter table garita.audit
    drop constraint audit_action_choice,
    add constraint audit_action_choice
        check (action in ('INSERT', 'UPDATE', 'DELETE', 'REVEAL', 'LOGIN_FAILED', 'REFUSED', 'EXPORT'));
