"""The page of the protocol is drawn from the tables as they stand, and every arrow is a row."""

import tomllib

from tools.protocol_page import PAGE, TABLE, edges, label, page
from zgoda.protocol import load_protocol

RAW = tomllib.loads(TABLE.read_text(encoding="utf-8"))


def test_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(RAW), "run `python tools/protocol_page.py`"


def test_another_table_makes_another_page():
    changed = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    changed["stage"]["rows"][8]["to"] = "reflect"
    assert page(changed) != page(RAW)


def test_every_row_that_moves_is_drawn():
    for table in load_protocol(RAW).tables:
        drawn = "\n".join(edges(table))
        for row in table.rows:
            if row.to is not None and row.sources != table.states:
                assert f" --> {row.to}: {label(row)}" in drawn
                assert all(source in drawn for source in row.sources)


def test_labels_hold_no_colon_that_would_end_them():
    assert all(label(row).count(":") == 0 for table in load_protocol(RAW).tables for row in table.rows)
