-- Looking at a permanent code in clear is an act that leaves a trace like a change.
alter table garita.audit
    drop constraint audit_action_choice,
    add constraint audit_action_choice check (action in ('INSERT', 'UPDATE', 'DELETE', 'REVEAL'));
