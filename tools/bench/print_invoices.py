"""`python -m tools.bench.print_invoices SECONDS`: print invoices for this long.

Prints how many, and the seconds of processor time that they took. A process of its own, as the
worker's are: started twice, it shows what two cores give.
"""

import gc
import sys
import time

import django


def main(seconds: float) -> int:
    django.setup()
    from finance.documents.papers import invoice_pdf
    from partnerships.models import Partnership
    from tenancy import activate
    from tools.bench.data import SLUG
    from tools.bench.money import invoice_to_print

    done = 0
    with activate(Partnership.objects.get(slug=SLUG)):
        invoice_pdf(*invoice_to_print(0))  # the first one loads fonts
        gc.freeze()  # as config/celery.py does
        print("ready", flush=True)
        sys.stdin.readline()
        used, end = time.process_time(), time.perf_counter() + seconds
        while time.perf_counter() < end:
            done += 1
            invoice_pdf(*invoice_to_print(done))
    print(done, time.process_time() - used, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
