"""The one table: every figure of Garita beside those of the database alone and of libfcgi alone."""

from statistics import median

# Name, how to take it from a measurement (None: there is no such figure), how to write it.
FIGURES = [
    ("requests/s", lambda m: m.rate, "{:,.0f}"),
    ("p50 ms", lambda m: m.p50, "{:.2f}"),
    ("p99 ms", lambda m: m.p99, "{:.2f}"),
    ("p99 / p50", lambda m: m.p99 / m.p50 if m.p50 else 0, "{:.2f}"),
    ("CPU µs nginx", lambda m: m.cpu.get("nginx"), "{:.0f}"),
    ("CPU µs worker", lambda m: m.cpu.get("worker"), "{:.0f}"),
    ("CPU µs PostgreSQL", lambda m: m.cpu.get("postgresql"), "{:.0f}"),
    ("CPU µs load generator", lambda m: m.cpu.get("client"), "{:.0f}"),
    ("CPU of strangers, % of machine", lambda m: m.cpu.get("others", 0) * 100, "{:.0f}"),
    ("errors", lambda m: m.errors, "{:.0f}"),
]
HEAD = ["", "Garita", "(a) pgbench", "Garita / (a)", "(b) libfcgi hello", "Garita / (b)", "aim"]


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
    """Grown row by row."""

    def __init__(self):
        super().__init__(HEAD)

    def section(self, title):
        self.rows.append([f"**{title}**"] + [""] * (len(HEAD) - 1))

    def figures(self, rounds, aims):
        """One section; each round is a dictionary garita, limit, hello -> Measurement."""
        for name, take, form in FIGURES:
            values = {
                who: [take(one[who]) for one in rounds if take(one[who]) is not None]
                for who in ("garita", "limit", "hello")}
            self.row(name, values, form, aims.get(name))

    def row(self, name, values, form, aim=None):
        """Medians of the rounds, and the medians of each round's ratios: the machine's speed wavers between rounds."""
        shown = {who: form.format(median(v)) if v else "–" for who, v in values.items()}
        ratios = {who: ratio(values["garita"], values[who]) for who in ("limit", "hello")}
        verdict = aim(median(values["garita"]), ratios) if aim and values["garita"] else ""
        self.rows.append([
            name, shown["garita"], shown["limit"], ratios["limit"] or "–", shown["hello"], ratios["hello"] or "–",
            verdict])


def ratio(mine, other):
    """The median of the rounds' ratios as text; empty where there is nothing to compare."""
    pairs = [a / b for a, b in zip(mine, other) if b and b >= 0.005]
    return f"{median(pairs):.2f}" if pairs and len(mine) == len(other) else ""


def met(holds, words):
    return f"{words} {'met' if holds else 'MISSED'}"
