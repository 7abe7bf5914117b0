-- Terminals are known to functions alone.

select garita.protect('garita.terminals');
