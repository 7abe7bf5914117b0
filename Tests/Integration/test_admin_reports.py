"""Reports of the administration: each table says what counting the log says, whatever the period."""

import csv
import io
import re
from html import unescape

import pytest

from community import Community
from round_trips import RoundTrips

ZONE = "America/Mexico_City"
HOSTILE = '=1+1"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def here(stack):
    """Some months of rows, by chance; nothing summed yet."""
    one = Community(stack, "informe")
    stack.psql(f"""select setseed(0.3); insert into garita.access_logs (timestamp, site_id, access_type, access_method, status, access_point_id)
        select now() - random() * interval '200 days', {one.site}, (array['ENTRY', 'EXIT'])[1 + floor(random() * 2)],
            (array['RFID', 'QR_CODE', 'MANUAL'])[1 + floor(random() * 3)], (array['SUCCESS', 'SUCCESS', 'DENIED'])[1 + floor(random() * 3)],
            (array[{one.north}, {one.south}, null])[1 + floor(random() * 3)]
        from generate_series(1, 1500)""")
    Community(stack, "informe-ajeno").log("1 minute", rows=7)
    return one


def tables(person, query=""):
    """Heading -> rows of a table, as they read."""
    answer = person.get(f"/admin/reports/?{query}")
    assert answer.status_code == 200
    found = {}
    for heading, body in re.findall(r"<section><h2>([^<]+)</h2>(.*?)</section>", answer.text, re.S):
        found[heading] = [[unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
                          for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)][1:]
    return found


def truth(stack, one, key, begin, end):
    """The same by counting; lines of zeros left out."""
    rows = stack.psql(f"""with r as (select l.*, timestamp at time zone '{ZONE}' as at, coalesce(p.name, 'No gate given') as gate
            from garita.access_logs l left join garita.access_points p on p.id = l.access_point_id where l.site_id = {one.site})
        select {key}, count(*) filter (where status = 'SUCCESS' and access_type = 'ENTRY'),
            count(*) filter (where status = 'SUCCESS' and access_type = 'EXIT'), count(*) filter (where status = 'DENIED'), count(*)
        from r where at::date between {begin} and {end} group by 1""")
    return sorted(row.split("|") for row in rows)


def some(rows):
    return sorted([row[0]] + [cell.replace(",", "") for cell in row[1:]] for row in rows if row[-1] != "0")


def shown(page):
    """How many rows a list says it has."""
    return int(re.search(r"<span>(?:[\d,–]+ of )?([\d,]+)(?: records?| · |</span>)", page).group(1).replace(",", ""))


TODAY = f"(now() at time zone '{ZONE}')::date"
PERIODS = [
    ("", f"{TODAY} - 6", TODAY), ("period=today", TODAY, TODAY), ("period=yesterday", f"{TODAY} - 1", f"{TODAY} - 1"),
    ("period=30-days", f"{TODAY} - 29", TODAY), ("period=this-month", f"date_trunc('month', {TODAY})::date", TODAY),
    ("period=last-month", f"(date_trunc('month', {TODAY}) - interval '1 month')::date", f"date_trunc('month', {TODAY})::date - 1")]
METHODS = "case access_method when 'RFID' then 'Card or tag' when 'QR_CODE' then 'QR code' else 'By hand' end"


@pytest.mark.parametrize("summed", [False, True])
@pytest.mark.parametrize("query, begin, end", PERIODS)
def test_every_table_says_what_counting_says(stack, here, query, begin, end, summed):
    for _ in range(2 * summed):
        stack.psql(f"select garita.roll_up_log({here.site}, 10000)")
    found = tables(here.person(), query)
    for heading, key in [("Day by day", "to_char(at, 'FMDD Mon YYYY')"), ("Hour by hour", "to_char(at, 'HH24:00')"),
                         ("Gate by gate", "gate"), ("By method", METHODS)]:
        assert some(found[heading]) == truth(stack, here, key, begin, end), heading


def test_a_long_period_is_told_month_by_month(stack, here):
    found = tables(here.person(), "period=12-months")
    assert len(found["Month by month"]) == 12 and "Day by day" not in found
    assert some(found["Month by month"]) == truth(stack, here, "to_char(at, 'Mon YYYY')", f"date_trunc('month', {TODAY}) - interval '11 months'", TODAY)


def test_days_of_ones_own_and_what_the_totals_lead_to(stack, here):
    person = here.person()
    begin, end = stack.psql(f"select {TODAY} - 40, {TODAY} - 20")[0].split("|")
    page = person.get(f"/admin/reports/?from={begin}&to={end}").text
    assert f'name="from" type="date" value="{begin}"' in page and f'name="to" type="date" value="{end}"' in page
    links = re.findall(r'<a href="(/admin/log/[^"]+)"><strong>([\d,]+)</strong>', page)
    links += [(path, number) for path, number in re.findall(
        r'<th scope="row"><a href="(/admin/log/[^"]+)">.*?<td class="sum">([\d,]+)</td>', page)]
    assert len(links) == 3 + 21 + 2
    for path, number in links:
        answer = person.get(unescape(path))
        assert answer.status_code == 200 and shown(answer.text) == int(number.replace(",", "")), path
    only = person.get(f"/admin/reports/?from={begin}").text
    assert f'name="to" type="date" value="{begin}"' in only, "a day alone is a period"


@pytest.mark.parametrize("query, fault", [
    ("from=2026-12-24&to=2026-12-23", "The last day comes before the first."), ("from=yesterday", "Choose a day"),
    ("from=2026-02-30&to=2026-03-01", "Choose a day"), ("from=2001-01-01&to=2026-01-01", "Choose fewer years."),
    ("from=%22%3E%3Cscript%3E", "Choose a day")])
def test_a_period_that_is_none_is_said_at_the_field(here, query, fault):
    answer = here.person().get(f"/admin/reports/?{query}")
    assert answer.status_code == 400 and fault in answer.text and "<script>" not in answer.text and 'aria-invalid="true"' in answer.text
    assert "<title>Error: " in answer.text and "</table>" not in answer.text


def test_the_file_holds_what_the_table_shows(stack, here):
    """And the days and hours without an attempt, which the table leaves to the chart."""
    person = here.person()
    stack.psql(f"update garita.access_points set name = '{HOSTILE}' where id = {here.south}")
    page = person.get("/admin/reports/?period=30-days").text
    assert "<script>alert" not in page
    paths = [unescape(path) for path in re.findall(r'<p class="file"><a href="([^"]+)">', page)]
    assert [re.search("table=(\\w+)", path).group(1) for path in paths] == ["day", "gate", "method", "hour"]
    shown = tables(person, "period=30-days")
    for path, heading in zip(paths, ["Day by day", "Gate by gate", "By method", "Hour by hour"]):
        answer = person.get(path)
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8" and "attachment" in answer.headers["Content-Disposition"]
        head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert head[1:] == ["Entries", "Exits", "Refused", "Total"]
        told = [row for row in rows if row[-1] != "0" or heading in ("Gate by gate", "By method")]
        assert [row[1:] for row in told] == [[cell.replace(",", "") for cell in row[1:]] for row in shown[heading]]
        if heading == "Gate by gate":
            assert f"'{HOSTILE}" in [row[0] for row in rows], "no formula"
    stack.psql(f"update garita.access_points set name = 'Sur' where id = {here.south}")
    assert person.get("/admin/reports/csv/?table=nothing").status_code == 404
    assert person.get("/admin/reports/csv/?table=day&from=x").status_code == 400


@pytest.mark.parametrize("role", ["GUARD", "RESIDENT"])
@pytest.mark.parametrize("path", ["/admin/reports/", "/admin/reports/csv/?table=day"])
def test_nobody_else_reads_reports(here, role, path):
    answer = here.person(role).get(path)
    assert answer.status_code in (403, 404) and "Entries" not in answer.text


def test_a_report_takes_two_round_trips(stack, here):
    person = here.person()
    with RoundTrips(stack) as trips:
        assert {trips.of(lambda: person.get("/admin/reports/?period=12-months").raise_for_status()) for _ in range(6)} == {2}
