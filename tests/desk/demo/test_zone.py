"""The demo counts its hours by the visitor's clock, not by the one that the desk keeps its rows in."""

from __future__ import annotations

from zgoda_desk.demo.running import zone_here


def test_zone_the_visitor_names_is_taken() -> None:
    assert zone_here("pl", "Asia/Tokyo") == "Asia/Tokyo"


def test_name_that_is_no_zone_is_passed_over() -> None:
    assert zone_here("pl", ":/etc/localtime") == zone_here("pl")
