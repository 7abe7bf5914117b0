"""The short form of `make chaos`."""

from chaos import Chaos


def test_at_most_once_while_workers_and_connections_die_and_the_database_crashes():
    verdict = Chaos(seconds=12, restarts=2).run()
    assert verdict["killed workers"] >= 8 and verdict["database crashes"] == 2
    assert verdict["killed connections"] >= 100
    assert verdict["sent"] > verdict["requests"] > 200
    assert 0 < verdict["granted"] <= verdict["allowed"]
