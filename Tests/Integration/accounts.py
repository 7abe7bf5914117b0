"""The three accounts of the sample data, brought back to life whatever was done to them."""

from tokens import password_hash

PASSWORD = "siete-mares-verde-37"
NAMES = {"ADMIN": "admin", "GUARD": "guard1", "RESIDENT": "carlos"}
HEAL = """set session_replication_role = replica;
update garita.users set is_active = true, username = u.name, role = u.role, password_hash = '{hash}', token_version = 1
    from (values (1, 'admin', 'ADMIN'), (2, 'guard1', 'GUARD'), (3, 'carlos', 'RESIDENT')) u (id, name, role)
    where users.id = u.id;
update garita.sessions set revoked_at = null where id in (select max(id) from garita.sessions group by user_id);
truncate garita.login_throttles;"""


def heal(stack, hash=None):
    """Their names, roles and passwords as they were; all of them may log in."""
    stack.psql(HEAL.format(hash=hash or password_hash(PASSWORD)) + "select garita.repair_copies()")
