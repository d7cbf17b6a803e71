"""Answers are kept by the length of their texts."""

from threading import Thread

from zgoda.text.remembered import Remembered


def counted(most, weigh=len):
    asked = []

    def function(text, *more):
        asked.append((text, *more))
        return object()

    return Remembered(function, most, weigh), asked


def test_the_same_arguments_get_the_same_answer_without_asking_again():
    remembered, asked = counted(100)
    assert remembered("a", "ru") is remembered("a", "ru")
    assert remembered("a", "ru") is not remembered("a", "pl")
    assert asked == [("a", "ru"), ("a", "pl")]


def test_the_answer_used_longest_ago_makes_room():
    remembered, asked = counted(24)
    for text in ("aaa", "bbb", "ccc", "ddd", "eee", "fff", "ggg", "hhh"):
        remembered(text)
    remembered("aaa")
    remembered("iii")  # drives out bbb
    del asked[:]
    remembered("aaa")
    remembered("bbb")
    assert asked == [("bbb",)]


def test_a_text_too_long_is_answered_but_not_kept_and_drives_nothing_out():
    remembered, asked = counted(16)
    remembered("aa")
    remembered("b" * 3)
    remembered("b" * 3)
    remembered("aa")
    assert asked == [("aa",), ("bbb",), ("bbb",)]


def test_an_empty_text_is_kept():
    remembered, asked = counted(16)
    remembered("")
    remembered("")
    assert asked == [("",)]


def test_the_weight_may_be_that_of_a_history():
    remembered, asked = counted(80, weigh=lambda turns: sum(map(len, turns)))
    remembered(("aaaa", "bbbb"))
    remembered(("aaaa", "bbbb"))
    remembered(("aaaa", "bbbbbbb"))
    remembered(("aaaa", "bbbbbbb"))
    assert len(asked) == 3


def test_threads_may_ask_at_once_and_the_room_is_kept():
    remembered = Remembered(str.upper, 80)
    texts = [f"{number:08}" for number in range(40)] * 50
    came = []
    threads = [Thread(target=lambda: came.extend(map(remembered, texts))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == sorted(texts * 4)
    assert remembered._held == sum(len(key[0]) for key in remembered._kept) <= 80
