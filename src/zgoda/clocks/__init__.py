"""Clocks: when something is due by law, by contract, by promise, and by a company's own working hours."""

from zgoda.clocks.answer import Due, Reminder
from zgoda.clocks.book import Book, book_of, load_book
from zgoda.clocks.calendar import Calendar
from zgoda.clocks.calls import due, matching_rows
from zgoda.clocks.hours import Hours
from zgoda.clocks.row import Extension, Row
from zgoda.clocks.worktime import Worktime

__all__ = [
    "Book",
    "Calendar",
    "Due",
    "Extension",
    "Hours",
    "Reminder",
    "Row",
    "Worktime",
    "book_of",
    "due",
    "load_book",
    "matching_rows",
]
