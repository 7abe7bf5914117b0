"""What administrators do with accounts on pages: each asks first, does it once, and is for them alone."""

import re

import pytest

from pages import Forms, Person
from round_trips import RoundTrips
from test_login import django_hash

PASSWORD, NEW = "la vaca verde salta", "otra vaca azul duerme"
HASH = django_hash(PASSWORD)
HOSTILE = '"><script>alert(1)</script>'


class Community:
    """An administrator at a browser, and accounts to do something with."""

    def __init__(self, stack):
        self.stack = stack
        self.clean()
        self.admin_id = self.account("people_admin", "ADMIN")
        self.guard_id = self.account("people_guard", "GUARD", last=HOSTILE)
        self.admin = self.enter("people_admin")

    def account(self, name, role, last="Paz", active=True):
        return int(self.stack.psql(f"""insert into garita.users
            (site_id, username, password_hash, role, first_name, last_name, is_active)
            select min(id), '{name}', '{HASH}', '{role}', 'Lola', '{last}', {active} from garita.sites returning id""")[0])

    def enter(self, name, password=PASSWORD, language="en"):
        one = Person(self.stack, **{"Accept-Language": language})
        assert one.sign_in(name, password).status_code == 303
        return one

    def clean(self):
        self.stack.psql("""delete from garita.login_throttles;
            update garita.residents set user_id = null where user_id in (select id from garita.users where username like 'people\\_%');
            delete from garita.users where username like 'people\\_%'""")

    def notice(self, answer):
        """The sentence left for the next page."""
        return Person.get(self.admin, "/account/").text if answer.status_code == 303 else ""


@pytest.fixture
def community(stack):
    one = Community(stack)
    yield one
    one.clean()


def paths(one):
    session = one.stack.psql(f"select max(id) from garita.sessions where user_id = {one.guard_id}")[0] or "1"
    return [f"/admin/users/{one.guard_id}/{task}/" for task in ("password-link", "unlock", "second-factor", "end-sessions")] + [
        f"/admin/sessions/{session}/end/"]


def test_a_password_link_is_shown_once_and_sets_a_password(community):
    path = f"/admin/users/{community.guard_id}/password-link/"
    asked = community.admin.get(path).text
    assert "It works once, for 24 hours." in asked and "<script>alert" not in asked and "&lt;script&gt;" in asked
    assert community.stack.psql("select count(*) from garita.password_links") == ["0"], "looking makes none"
    shown = community.admin.post(path, community.admin.form(path))
    assert shown.status_code == 200 and shown.headers["Cache-Control"] == "no-store"
    link = re.search(r'value="([^"]+/account/new-password/#([\w-]{43}))"', shown.text)
    assert link and link[1].startswith(community.stack.url) and "<svg" in shown.text
    assert link[2] not in community.admin.get(path).text
    person = Person(community.stack)
    answer = person.send("/account/new-password/", {"token": link[2], "password": NEW})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/sign-in/")
    assert person.sign_in("people_guard", NEW).status_code == 303
    again = person.post("/account/new-password/", {"form_token": person.token(), "token": link[2], "password": PASSWORD})
    assert again.status_code in (400, 403)


def test_a_link_replaces_the_one_before_and_a_disabled_account_gets_none(community):
    path = f"/admin/users/{community.guard_id}/password-link/"
    tokens = []
    for _ in range(2):
        tokens.append(re.search(r"#([\w-]{43})", community.admin.send(path, {}).text)[1])
    person = Person(community.stack)
    assert person.send("/account/new-password/", {"token": tokens[0], "password": NEW}).status_code == 400
    community.admin.get(path)
    token = community.admin.token()
    community.stack.psql(f"update garita.users set is_active = false where id = {community.guard_id}")
    refused = community.admin.post(path, {"form_token": token})
    assert refused.status_code == 409 and "The account is inactive. Activate it first." in refused.text
    page = community.admin.get(path)
    assert "Activate it first." in page.text and not [f for f in Forms(page.text).forms if f["action"] == path]


def test_unlocking_forgets_failed_tries(community):
    guard = Person(community.stack)
    for _ in range(7):
        guard.sign_in("people_guard", "wrong")
    assert guard.sign_in("people_guard", PASSWORD).status_code == 429
    path = f"/admin/users/{community.guard_id}/unlock/"
    done = community.admin.send(path, {})
    assert (done.status_code, done.headers["Location"]) == (303, f"/admin/users/{community.guard_id}/")
    assert re.search(r"Failed attempts cleared: [1-9]", community.notice(done))
    assert guard.sign_in("people_guard", PASSWORD).status_code == 303


def test_a_lost_second_factor_is_taken_away_and_sessions_end(community):
    guard = community.enter("people_guard")
    community.stack.psql(f"""insert into garita.second_factors (user_id, site_id, secret_sealed, key_version, recovery_tags, confirmed_at)
        select id, site_id, decode(repeat('00', 60), 'hex'), 1, '{{}}', now() from garita.users where id = {community.guard_id}""")
    path = f"/admin/users/{community.guard_id}/second-factor/"
    done = community.admin.send(path, {})
    assert done.headers["Location"] == f"/admin/users/{community.guard_id}/"
    assert "The second factor was removed" in community.notice(done)
    assert community.stack.psql(f"select count(*) from garita.second_factors where user_id = {community.guard_id}") == ["0"]
    assert guard.get("/account/").status_code == 303
    again = community.admin.send(path, {})
    assert "There was no second factor" in community.notice(again)


def test_nobody_resets_the_own_second_factor_without_password(community):
    path = f"/admin/users/{community.admin_id}/second-factor/"
    page = community.admin.get(path)
    assert 'href="/account/second-factor/"' in page.text and not [f for f in Forms(page.text).forms if f["action"] == path]
    assert community.admin.post(path, {"form_token": community.admin.token()}).status_code == 403


def test_all_sessions_of_an_account_end(community):
    first, second = community.enter("people_guard"), community.enter("people_guard")
    path = f"/admin/users/{community.guard_id}/end-sessions/"
    done = community.admin.send(path, {})
    assert "Sessions ended: 2." in community.notice(done)
    assert first.get("/account/").status_code == second.get("/account/").status_code == 303
    own = f"/admin/users/{community.admin_id}/end-sessions/"
    assert "Including this one" in community.admin.get(own).text
    ended = community.admin.post(own, community.admin.form(own))
    assert ended.headers["Location"] == "/account/sign-in/" and community.admin.get("/admin/").status_code == 303


def test_one_session_ends_and_the_others_go_on(community):
    first, second = community.enter("people_guard"), community.enter("people_guard")
    ids = community.stack.psql(f"select id from garita.sessions where user_id = {community.guard_id} order by id")
    path = f"/admin/sessions/{ids[0]}/end/"
    assert "people_guard" in community.admin.get(path).text
    done = community.admin.post(path, community.admin.form(path))
    assert (done.status_code, done.headers["Location"]) == (303, "/admin/sessions/")
    assert first.get("/account/").status_code == 303 and second.get("/account/").status_code == 200
    assert community.admin.get(path).status_code == 404, "it is gone"


@pytest.mark.parametrize("role", ["GUARD", "RESIDENT"])
def test_guards_and_residents_get_nothing_here(community, role):
    community.account("people_other", role)
    other = community.enter("people_other")
    other.get("/account/")
    token = other.token()
    for path in paths(community) + [NEW_ACCOUNT]:
        assert other.get(path).status_code == 403, path
        assert other.post(path, {"form_token": token}).status_code == 403, path


def test_accounts_and_sessions_of_other_sites_are_not_there(community):
    community.enter("people_guard")
    there = paths(community)
    community.stack.psql(f"""with s as (insert into garita.sites (name, code) values ('Otro', 'OTRO{community.guard_id}') returning id)
        update garita.users set site_id = s.id from s where users.id = {community.guard_id};
        update garita.sessions set site_id = (select site_id from garita.users where id = {community.guard_id})
        where user_id = {community.guard_id}""")
    community.admin.get("/account/")
    token = community.admin.token()
    for path in there + ["/admin/users/0/unlock/", "/admin/users/x/unlock/", "/admin/sessions/0/end/"]:
        assert community.admin.get(path).status_code == 404, path
        assert community.admin.post(path, {"form_token": token}).status_code == 404, path


def test_what_pages_do_is_in_the_audit(community):
    community.admin.send(f"/admin/users/{community.guard_id}/password-link/", {})
    written = community.stack.psql("select actor, table_name, action from garita.audit order by id desc limit 1")
    assert written == ["people_admin|password_links|INSERT"]


def test_the_pages_speak_spanish(community):
    spanish = community.enter("people_admin", language="es-MX")
    for path, word in zip(paths(community), ("Crear enlace", "Desbloquear", ">Quitar<", "Cerrar todas las sesiones")):
        assert word in spanish.get(path).text


NEW_ACCOUNT = "/admin/users/new/"


def resident(one, connected=False):
    """A resident of the first site without an account, or with one."""
    return one.stack.psql(f"""select r.id, r.first_name || ' ' || r.last_name from garita.residents r
        where r.site_id = (select min(id) from garita.sites) and (r.user_id is not null) = {connected} order by r.id limit 1""")[0].split("|")


def test_a_new_account_has_no_password_and_a_link_by_which_to_choose_one(community):
    page = community.admin.get(NEW_ACCOUNT).text
    assert "You don&#39;t choose the password" in page and 'type="password"' not in page and 'name="is_superuser"' not in page
    made = community.admin.post(NEW_ACCOUNT, community.admin.form(NEW_ACCOUNT) | {
        "username": "people_new", "role": "GUARD", "first_name": HOSTILE, "last_name": "Nueva"})
    assert made.status_code == 200 and "<script>alert" not in made.text, made.text
    link = re.search(r"/account/new-password/#([\w-]{43})", made.text)[1]
    assert community.stack.psql("""select role, password_hash, is_active, is_superuser, site_id = (select min(id) from garita.sites)
        from garita.users where username = 'people_new'""") == ["GUARD|!|t|f|t"]
    person = Person(community.stack)
    for guess in ("!", "", PASSWORD):
        assert person.sign_in("people_new", guess).status_code == 400, "nothing signs in before"
    community.stack.psql("delete from garita.login_throttles")
    assert person.send("/account/new-password/", {"token": link, "password": NEW}).status_code == 303
    assert person.sign_in("people_new", NEW).status_code == 303
    written = community.stack.psql("""select actor, changes -> 'password_hash' from garita.audit where table_name = 'users'
        and action = 'INSERT' order by id desc limit 1""")
    assert written == ['people_admin|["***", "***"]']


def test_a_resident_gets_an_account_in_one_step(community):
    number, name = resident(community)
    page = community.admin.get(f"{NEW_ACCOUNT}?resident={number}&role=RESIDENT").text
    assert name.split()[0] in page, "the link from a resident fills the resident in"
    fields = community.admin.form(NEW_ACCOUNT)
    assert fields["resident"] == number
    made = community.admin.post(NEW_ACCOUNT, fields | {"username": "people_home", "role": "RESIDENT"})
    assert made.status_code == 200, made.text
    assert community.stack.psql(f"""select u.username from garita.residents r join garita.users u on u.id = r.user_id
        where r.id = {number}""") == ["people_home"]


@pytest.mark.parametrize("wrong, field", [
    ({"username": ""}, "username"), ({"username": "people_guard"}, "username"), ({"username": "a b"}, "username"),
    ({"username": "x" * 151}, "username"), ({"email": "nobody"}, "email"), ({"role": "OWNER"}, "role"),
    ({"phone": "1" * 21}, "phone"), ({"resident": "999999999"}, "resident"), ({"resident": "x"}, "resident")])
def test_what_is_wrong_with_a_new_account_is_told_and_nothing_typed_is_lost(community, wrong, field):
    community.admin.get(NEW_ACCOUNT)
    fields = community.admin.form(NEW_ACCOUNT) | {
        "username": "people_typed", "role": "GUARD", "first_name": "Escrito", "resident.was": "", "resident.text": ""} | wrong
    if "resident" in wrong:
        fields.pop("resident.text")
    answer = community.admin.post(NEW_ACCOUNT, fields)
    assert answer.status_code == 400 and f'id="{field}-error"' in answer.text and 'value="Escrito"' in answer.text
    assert community.stack.psql("select count(*) from garita.users where username = 'people_typed'") == ["0"]


def test_a_resident_with_an_account_gets_no_second_one(community):
    number, _ = resident(community, connected=True)
    community.admin.get(NEW_ACCOUNT)
    fields = community.admin.form(NEW_ACCOUNT) | {"username": "people_second", "role": "RESIDENT", "resident": number}
    fields.pop("resident.text")
    answer = community.admin.post(NEW_ACCOUNT, fields)
    assert answer.status_code == 400 and "already has an account" in answer.text
    assert community.stack.psql("select count(*) from garita.users where username = 'people_second'") == ["0"], "all or nothing"


def test_nobody_changes_the_own_role_or_state_on_pages(community):
    path = f"/admin/users/{community.admin_id}/edit/"
    page = community.admin.get(path)
    assert page.status_code == 200
    fields = community.admin.form(path) | {"username": "people_admin", "role": "GUARD"}
    assert community.admin.post(path, fields).status_code in (400, 403)
    community.admin.get(path)
    assert community.admin.post(path, community.admin.form(path) | {"role": "ADMIN", "is_active": "false"}).status_code in (400, 403)
    assert community.stack.psql(f"select role, is_active from garita.users where id = {community.admin_id}") == ["ADMIN|t"]


def test_each_of_these_pages_takes_two_round_trips(community):
    community.enter("people_guard")
    places = paths(community) + [NEW_ACCOUNT, "/admin/settings/"]
    with RoundTrips(community.stack) as trips:
        for path in places:
            assert trips.of(lambda: community.admin.get(path).raise_for_status()) <= 2, path
