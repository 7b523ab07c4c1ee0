"""The same act from many windows at once, each on a connection of its own, for tests that commit."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from members.kernel.refusals import Refused

AT_ONCE = 8


def at_once(act):
    """Do an act in many threads at the same time; what each gave, or the code by which it was refused."""

    def do(number):
        try:
            return act(number)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(do, range(AT_ONCE)))
