"""`make bench`: how many pages, bookings and invoices one machine can handle.

Its own data in its own database, the real web server with production settings, a small load
generator over persistent connections. It measures and prints, and does not judge, because the
same code is slower on a slower machine. Figures and the machine they were taken on are kept in
docs/performance.md.
"""
