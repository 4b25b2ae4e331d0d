"""Everything between `make run` and a page in the browser, without a service to install.

`python -m tools.runner` is the site in one foreground command, `python -m tools.runner.testing`
lends a throw-away database to the tests. Nothing here knows the product; it only starts processes.
"""
