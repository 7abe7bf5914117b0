"""The tables: every figure of Garita beside those of the others."""

from statistics import median


def rate(m):
    return m.rate


def p99(m):
    return m.p99


def cpu(part):
    return lambda m: m.cpu.get(part)


# Name, how to take it from a measurement (None: there is no such figure), how to write it.
FIGURES = [
    ("requests/s", rate, "{:,.0f}"),
    ("p50 ms", lambda m: m.p50, "{:.2f}"),
    ("p99 ms", p99, "{:.2f}"),
    ("CPU µs nginx", cpu("nginx"), "{:.0f}"),
    ("CPU µs worker", cpu("worker"), "{:.0f}"),
    ("CPU µs PostgreSQL", cpu("postgresql"), "{:.0f}"),
    ("CPU µs load generator", cpu("client"), "{:.0f}"),
    ("CPU of strangers, % of machine", lambda m: m.cpu.get("others", 0) * 100, "{:.0f}"),
    ("errors", lambda m: m.errors, "{:.0f}"),
]
SUBJECTS = {
    "garita": "Garita", "limit": "limit: pgbench, our function", "hello": "hello: libfcgi in C",
    "go_same": "go_same: Go, our function", "go_own": "go_own: Go, its own schema"}


class Rows:
    """Rows of text under a head; columns as wide as their widest cell: read in a terminal and as Markdown."""

    def __init__(self, head):
        self.rows = [head]

    def add(self, *cells):
        self.rows.append([str(cell) for cell in cells])

    def __str__(self):
        widths = [max(len(row[column]) for row in self.rows) for column in range(len(self.rows[0]))]
        rows = [[cell.ljust(width) for cell, width in zip(row, widths)] for row in self.rows]
        rows.insert(1, ["-" * width for width in widths])
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)


class Table(Rows):
    """A column for each subject, grown row by row."""

    def __init__(self):
        super().__init__(["", *SUBJECTS.values()])

    def section(self, title):
        self.add(f"**{title}**", *[""] * len(SUBJECTS))

    def figures(self, rounds):
        """One section; each round is a dictionary subject -> Measurement."""
        for name, take, form in FIGURES:
            self.row(name, {who: [take(one[who]) for one in rounds] for who in rounds[0]}, form)

    def row(self, name, values, form):
        """Medians of the rounds."""
        known = {who: [value for value in found if value is not None] for who, found in values.items()}
        self.add(name, *(form.format(median(known[who])) if known.get(who) else "–" for who in SUBJECTS))


def ratios(rounds, figure, other):
    """The median of the rounds' ratios: the machine's speed wavers between rounds."""
    return median(figure(one["garita"]) / figure(one[other]) for one in rounds)


def met(holds, words):
    return f"{words} {'met' if holds else 'MISSED'}"
