"""`make soak`: the site of `make run` in a throw-away folder, under load, with its processes killed all the while.

At the end everything is counted: what visitors were promised is there, once; every email that was owed is in the
mailbox, once; no event has more people than places; the site answers and stops cleanly.
"""
