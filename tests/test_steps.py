"""flows/steps: how a step's work is cut into batches and when each is asked for."""

import threading

from flows.steps import Step, inline


def test_what_children_do_goes_on_while_the_next_batch_is_made():
    asked = threading.Event()

    def things():
        yield 1
        asked.set()
        yield 2

    def verb(batch):
        assert asked.wait(10), "nobody asked for the next batch meanwhile"
        return batch

    assert list(inline(Step("read", verb, batch=1, elsewhere=True), things())) == [[1], [2]]


def test_what_is_done_here_is_done_before_the_next_batch_is_asked_for():
    done = []

    def things():
        for number in range(6):
            assert len(done) == number // 2 * 2
            yield number

    for _ in inline(Step("judge", done.extend, batch=2), things()):
        assert len(done) % 2 == 0
    assert done == [*range(6)]


def test_however_far_the_work_is_only_so_many_batches_are_held():
    made, most = [], []

    def things():
        for number in range(20):
            made.append(number)
            yield number

    for number, _ in enumerate(inline(Step("read", list, batch=1, elsewhere=True), things())):
        most.append(len(made) - number)
    assert max(most) <= 4
    assert len(most) == 20


def test_neighbours_with_one_key_share_a_batch_however_many_they_are():
    step = Step("ask", list, batch=2, together=str.lower)
    assert [*inline(step, iter("aAaAbcCd"))] == [list("aAaA"), list("bcC"), list("d")]


def test_without_a_size_everything_is_one_batch_and_nothing_is_none():
    assert [*inline(Step("join", list), iter("abc"))] == [["a", "b", "c"]]
    assert [*inline(Step("join", list), [])] == []
