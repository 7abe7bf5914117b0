"""Callers who ask all the time while something else happens."""

import threading

# A question to a gate that is answered and changes nothing. Too long to be a guess: it does not count against the gate.
WORDS = {"code": "ABCDEFGHJKMNPQRSTUVWXYZ234", "access_point_id": 1, "access_type": "EXIT"}


class Traffic:
    """Threads that each run `work(traffic)`, which asks until `traffic.is_over()`, as long as the block lasts.

    `statuses` has (what was asked, status) of every answer.
    """

    def __init__(self, work, threads):
        self.statuses, self.stop = [], threading.Event()
        self.threads = [threading.Thread(target=work, args=(self,)) for _ in range(threads)]

    def is_over(self):
        return self.stop.is_set()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join()
